import { plain } from "../../reporting/escape.ts";
import { fitted, type Section, shortened } from "../../reporting/fit.ts";
import { plural } from "../../values/words.ts";
import type { Review } from "../review.ts";
import { notServingText } from "../serving/not-serving-latest.ts";
import { guardSections } from "./acknowledgements.ts";
import { budgetSection, findingSections, topologySection } from "./findings.ts";
import { rawSections, stackSections } from "./stacks.ts";
import { type VerdictWords, verdictWords } from "./verdict.ts";

/** First line of the comment, by which it is found again and updated. */
export function marker(environment: string): string {
  return `<!-- single-source-review:${environment.replace(/[^\w.-]/g, "")} -->`;
}

/**
 * The review as one comment of GitHub, never longer than one may be. What is dropped where it would be, in this order: the raw plans,
 * findings unknown until apply, warnings, the topology, outputs, what is created or only changes in place, budgets, acknowledgements
 * that cover nothing, findings, what is destroyed, reasons.
 *
 * @param pageLink https:// address of the page that shows the change @default no link
 */
export function reviewMarkdown(review: Review, pageLink?: string): string {
  return fitted([
    { what: "", rank: 0, versions: [`${marker(review.environment)}\n${title(review)}`] },
    {
      what: "the link to the page",
      rank: 1,
      versions: pageLink === undefined ? [""] : [`[The change on the topology](${pageLink})`, ""],
    },
    reasons(review),
    {
      what: "doubts",
      rank: 1,
      versions: shortened(
        review.planWarnings.map((warning) => `> ${plain(warning)}`),
        [5],
      ),
    },
    {
      what: "what was not planned",
      rank: 1,
      versions: review.notPlanned === undefined ? [""] : [`> ${plain(review.notPlanned)}`, ""],
    },
    {
      what: "the upgrade of the provider",
      rank: 1,
      versions: review.upgrade === undefined ? [""] : [`> ${plain(review.upgrade)}`, ""],
    },
    {
      what: "checks that do not hold",
      rank: 1,
      versions: shortened(
        review.failedChecks.map((check) => `- ⚠️ ${plain(check)}`),
        [5],
      ),
    },
    {
      what: "what does not serve",
      rank: 1,
      versions: shortened(
        review.notServingLatest.map((service) => `- 🔁 ${plain(notServingText(service))}`),
        [5],
      ),
    },
    ...guardSections(review),
    ...stackSections(review),
    budgetSection(review),
    ...findingSections(review),
    topologySection(review),
    ...rawSections(review),
  ]);
}

const SIGNS: Readonly<Record<VerdictWords["tone"], string>> = { good: "✅", warn: "⚠️", bad: "❌" };

function title(review: Review): string {
  const { text, tone } = verdictWords(review);
  return `## ${SIGNS[tone]} ${text}: ${plain(review.environment)} (${counts(review).join("; ")})`;
}

function counts({ stacks, destructive }: Review): string[] {
  const failed = stacks.filter(({ failure }) => failure !== undefined).length;
  const acknowledged = destructive.filter(({ acknowledgement }) => acknowledgement !== undefined).length;
  const perStack = stacks
    .map(({ changes }) => changes.filter(({ action }) => action !== "none").length)
    .filter((count) => count > 0);
  const changes = perStack.reduce((sum, count) => sum + count, 0);
  return [
    ...(changes === 0 && failed === 0 ? ["no changes"] : []),
    ...(changes === 0 ? [] : [`${plural(changes, "change")} in ${plural(perStack.length, "stack")}`]),
    ...(failed === 0 ? [] : [`${plural(failed, "stack")} not judged`]),
    ...(acknowledged === 0 ? [] : [`${acknowledged} destructive, acknowledged`]),
  ];
}

function reasons({ reasons }: Review): Section {
  const items = reasons.map((reason) => `- ${plain(reason)}`);
  return { what: "reasons", rank: 1, versions: items.length === 0 ? [""] : shortened(items, [50, 20, 5]) };
}
