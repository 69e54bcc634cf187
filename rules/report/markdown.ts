import { groupBy } from "../lists.ts";
import type { Finding } from "../rule.ts";
import { ofSeverity, type Report, totals, whatWasRead } from "./report.ts";

/** For a pull request: errors expanded, the rest folded. */
export function markdownReport(report: Report): string {
  const errors = ofSeverity(report.findings, "error");
  const sign = errors.length > 0 ? "❌" : "✅";
  const parts = [
    `## ${sign} ${plain(totals(report))}`,
    findings(errors),
    folded("warning", ofSeverity(report.findings, "warning")),
    folded("unknown until apply", ofSeverity(report.findings, "unknown")),
    report.waived.length === 0
      ? ""
      : details(
          `${report.waived.length} waived`,
          report.waived
            .map(
              ({ rule, address, waiver }) =>
                `- ${code(address)} ${code(rule)} until ${plain(waiver.expires)}: ${plain(waiver.reason)}`,
            )
            .join("\n"),
        ),
    [...report.unread, ...report.notes].map((note) => `> ${plain(note)}`).join("\n>\n"),
    plain(whatWasRead(report)),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function folded(noun: string, list: readonly Finding[]): string {
  if (list.length === 0) return "";
  return details(`${list.length} ${noun}${noun === "warning" && list.length > 1 ? "s" : ""}`, findings(list));
}

function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

function findings(list: readonly Finding[]): string {
  return [...groupBy(list, ({ address }) => address)]
    .map(([address, group]) => `### ${code(address || "(no address)")}\n\n${group.map(item).join("\n")}`)
    .join("\n\n");
}

function item({ rule, message, fix, source }: Finding): string {
  const name = /^https?:\/\/[^\s()]+$/.test(source) ? `[${rule}](${source})` : code(rule);
  return `- ${plain(message)}\n  **Fix:** ${plain(fix)} (${name})`;
}

/** Text of a configuration must not become markup of the comment, nor notify anybody. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|~#]/g, (sign) => `\\${sign}`).replace(/@(?=\w)/g, "@\u200b");
}

function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
