import { markdownTable } from "../../values/markdown-table.ts";
import type { Result } from "../check.ts";
import type { Trouble, WatchSummary } from "../watch.ts";
import { type Report, reportOutcome, runbookPage } from "./report.ts";

export function markdownReport(report: Report): string {
  const failures = report.results.filter(({ status }) => status === "failed");
  const skips = report.results.filter(({ status }) => status === "skipped");
  return `${[
    `# Validation of ${report.environment}: ${reportOutcome(report)}`,
    `${report.at}. ${report.verdict.why}`,
    table(
      ["category", "critical", "passed", "failed", "skipped", ""],
      report.verdict.categories.map((category) => [
        category.title,
        category.critical ? "yes" : "no",
        String(category.passed),
        String(category.failed),
        String(category.skipped),
        category.holds ? "holds" : "**does not hold**",
      ]),
    ),
    ...(failures.length === 0
      ? []
      : [
          "## Failed checks",
          table(
            ["check", "finding", "at fault", "runbook"],
            failures.map((result) => [
              `${result.category}: ${result.subject}`,
              result.why,
              result.fault ?? "",
              link(result),
            ]),
          ),
        ]),
    ...(skips.length === 0
      ? []
      : [
          "## Skipped checks",
          table(
            ["check", "why"],
            skips.map(({ category, subject, why }) => [`${category}: ${subject}`, why]),
          ),
        ]),
    ...(report.watch === undefined ? [] : watched(report.watch)),
  ].join("\n\n")}\n`;
}

function watched(summary: WatchSummary): string[] {
  return [
    "## Watch",
    watchSentence(summary),
    ...(summary.troubles.length === 0
      ? []
      : [
          table(
            ["check", "finding", "from", "to"],
            summary.troubles.map((trouble) => [
              `${trouble.category}: ${trouble.subject}`,
              trouble.why,
              clockTime(trouble.from),
              trouble.to === undefined ? "the end" : clockTime(trouble.to),
            ]),
          ),
        ]),
  ];
}

export function watchSentence(summary: WatchSummary): string {
  const still = summary.troubles.filter((trouble: Trouble) => trouble.to === undefined).length;
  return [
    `${summary.roundsPassed} of ${summary.rounds} rounds passed`,
    ...(summary.roundsNotSeen === 0 ? [] : [`${summary.roundsNotSeen} could not be checked`]),
    `${summary.troubles.length} checks degraded, ${still} of them to the end`,
    ...(summary.interrupted ? ["interrupted before its end"] : []),
  ]
    .join("; ")
    .concat(".");
}

export function clockTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(11, 19)} UTC`;
}

function link(result: Result): string {
  return result.symptom === null ? "" : `[${result.symptom}](${runbookPage(result)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const inOneCell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\p{Cc}+/gu, " ");
  return markdownTable(
    head,
    rows.map((cells) => cells.map(inOneCell)),
  );
}
