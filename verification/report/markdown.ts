import { groupBy } from "../../analysis/lists.ts";
import { code, details, plain } from "../../reporting/escape.ts";
import { fitted, type Section, shortened } from "../../reporting/fit.ts";
import type { Finding } from "../../rules/rule.ts";
import { plural } from "../../values/words.ts";
import { ofSeverity, type Report, totals, whatWasChecked, whatWasRead } from "./report.ts";

/**
 * For a pull request or the summary of a job: errors expanded, the rest folded, never longer than a comment may be. Left out
 * first is what was assumed, then what is waived, unknown, a warning, and only then an error.
 */
export function markdownReport(report: Report): string {
  const warnings = ofSeverity(report.findings, "warning");
  const unknown = ofSeverity(report.findings, "unknown");
  return fitted([
    { what: "", rank: 0, versions: [`## ${sign(report)} ${plain(totals(report))}`] },
    { what: "errors", rank: 1, versions: addresses(ofSeverity(report.findings, "error")) },
    folded("warnings", 3, plural(warnings.length, "warning"), addresses(warnings)),
    folded("what is unknown", 4, `${unknown.length} unknown`, addresses(unknown)),
    folded("what is waived", 5, `${report.waived.length} waived`, shortened(waivers(report), [20, 0])),
    quoted("what was not checked", 2, report.gaveUp),
    quoted("what was not read", 5, report.unread),
    quoted("notes", 6, report.notes),
    { what: "", rank: 0, versions: [plain(`${whatWasChecked(report)} ${whatWasRead(report)}`)] },
  ]).trimEnd();
}

function sign({ findings, gaveUp }: Report): string {
  if (ofSeverity(findings, "error").length > 0) return "❌";
  return gaveUp.length > 0 ? "⚠️" : "✅";
}

/** Findings by address, all of them and ever fewer. */
function addresses(list: readonly Finding[]): string[] {
  const groups = [...groupBy(list, ({ address }) => address)].map(
    ([address, group]) => `### ${code(address || "(no address)")}\n\n${group.map(item).join("\n")}`,
  );
  return [groups.length, 100, 50, 20, 5, 0]
    .filter((count, index) => index === 0 || count < groups.length)
    .map((count) => [...groups.slice(0, count), ...more(groups.length - count)].join("\n\n"));
}

function more(count: number): string[] {
  return count > 0 ? [`… and findings at ${count} more ${count === 1 ? "address" : "addresses"}`] : [];
}

function folded(what: string, rank: number, summary: string, bodies: readonly string[]): Section {
  return { what, rank, versions: bodies.map((body) => (body === "" ? "" : details(summary, body))) };
}

function waivers({ waived }: Report): string[] {
  return waived.map(
    ({ rule, address, waiver }) =>
      `- ${code(address)} ${code(rule)} until ${plain(waiver.expires)}: ${plain(waiver.reason)}`,
  );
}

function quoted(what: string, rank: number, sentences: readonly string[]): Section {
  const all = shortened(
    sentences.map((sentence) => `- ${plain(sentence)}`),
    [20, 5],
  );
  return {
    what,
    rank,
    versions: all.map((text) => text.replace(/^- /gm, "> ").replaceAll("\n", "\n>\n")),
  };
}

function item({ rule, message, fix, source }: Finding): string {
  const name = /^https?:\/\/[^\s()]+$/.test(source) ? `[${rule}](${source})` : code(rule);
  return `- ${plain(message)}\n  **Fix:** ${plain(fix)} (${name})`;
}
