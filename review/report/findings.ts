import { code, codeInCell, details, plain } from "../../reporting/escape.ts";
import { type Section, shortened } from "../../reporting/fit.ts";
import { plural } from "../../values/words.ts";
import type { BudgetChange, Level, Review, ReviewedFinding } from "../review.ts";

/** Budgets before and after, those that change first. */
export function budgetSection({ budgets }: Review): Section {
  if (budgets.length === 0) return { what: "", rank: 6, versions: [""] };
  const changed = budgets.filter(isChanged);
  const others = budgets.filter((budget) => !isChanged(budget));
  const head = "| budget | before | after | how |\n| --- | --- | --- | --- |";
  const rows = [...changed, ...others].map(row);
  const table = (list: readonly string[]): string => `### Budgets\n\n${head}\n${list.join("\n")}`;
  return {
    what: "budgets",
    rank: 6,
    versions: [table(rows), table(rows.slice(0, Math.max(changed.length, 1)).slice(0, 20)), ""],
  };
}

function isChanged({ before, after }: BudgetChange): boolean {
  return before?.used !== after?.used || before?.limit !== after?.limit;
}

function row(budget: BudgetChange): string {
  const { name, unit, before, after, how } = budget;
  const bold = isChanged(budget) ? "**" : "";
  return `| ${bold}${plain(name)}${bold} | ${level(before, unit)} | ${level(after, unit)} | ${codeInCell(how)} |`;
}

function level(level: Level | undefined, unit: string): string {
  if (level === undefined) return "unknown";
  const share = level.limit === 0 ? "" : ` (${Math.round((level.used / level.limit) * 100)} %)`;
  return `${level.used > level.limit ? "❌ " : ""}${level.used} of ${level.limit} ${unit}${share}`;
}

/** Errors, new ones first; warnings and findings unknown until apply are folded. */
export function findingSections({ findings, waived }: Review): Section[] {
  const of = (severity: ReviewedFinding["severity"]) =>
    [...findings.filter((finding) => finding.severity === severity)].sort(
      (a, b) => Number(b.since === "new") - Number(a.since === "new"),
    );
  const errors = of("error");
  const warnings = of("warning");
  const unknown = of("unknown");
  return [
    {
      what: "errors of the rule book",
      rank: 3,
      versions:
        errors.length === 0
          ? [""]
          : shortened(errors.map(item), [100, 30, 10]).map(
              (text) => `### Rule book: ${plural(errors.length, "error")}\n\n${text}`,
            ),
    },
    folded("warnings", warnings, plural(warnings.length, "warning"), 12),
    folded("findings unknown until apply", unknown, `${unknown.length} unknown until apply`, 15),
    {
      what: "waived findings",
      rank: 11,
      versions:
        waived.length === 0
          ? [""]
          : [
              details(
                `${waived.length} waived`,
                waived
                  .map(
                    ({ rule, address, waiver }) =>
                      `- ${code(rule)} at ${code(address)} until ${plain(waiver.expires)}: ${plain(waiver.reason)}`,
                  )
                  .join("\n"),
              ),
              "",
            ],
    },
  ];
}

function folded(what: string, list: readonly ReviewedFinding[], summary: string, rank: number): Section {
  if (list.length === 0) return { what, rank, versions: [""] };
  const fresh = list.filter(({ since }) => since === "new").length;
  const title = `${summary}${fresh === 0 ? "" : `, ${fresh} of them new`}`;
  return { what, rank, versions: [details(title, list.map(item).join("\n")), ""] };
}

function item({ rule, address, message, fix, since }: ReviewedFinding): string {
  const place = address === "" ? "" : `${code(address)} `;
  return `- ${since === "new" ? "**new** " : ""}${place}${plain(message)} **Fix:** ${plain(fix)} (${code(rule)})`;
}

/** Added and removed edges. */
export function topologySection({ topology: { added, removed } }: Review): Section {
  const items = [
    ...removed.map(({ from, to, label }) => `- gone: ${plain(from)} → ${plain(to)}${named(label)}`),
    ...added.map(({ from, to, label }) => `- new: ${plain(from)} → ${plain(to)}${named(label)}`),
  ];
  const versions =
    items.length === 0 ? [""] : [...shortened(items, [30]).map((text) => `### Topology\n\n${text}`), ""];
  return { what: "the topology", rank: 10, versions };
}

function named(label: string): string {
  return label === "" ? "" : ` (${plain(label)})`;
}
