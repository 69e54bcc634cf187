import type { Colors } from "picocolors/types.js";
import type { Finding } from "../rule.ts";
import { groupedBy, ofSeverity, type Report, totals, whatWasRead } from "./report.ts";

/** So many addresses of one rule are named before the rest is counted. */
const namedPerRule = 5;

/** For people: what is wrong first, by address, each with what to do; what was read and the totals last. */
export function textReport(report: Report, colors: Colors): string {
  const errors = ofSeverity(report.findings, "error");
  const warnings = ofSeverity(report.findings, "warning");
  const unknown = ofSeverity(report.findings, "unknown");
  const lines = [
    ...section(colors.red("Errors"), errors, (finding) => inFull(finding, colors.red("x"), colors), colors),
    ...section(
      colors.yellow("Warnings"),
      warnings,
      (finding) => inFull(finding, colors.yellow("!"), colors),
      colors,
    ),
    ...untold(unknown, colors),
    ...waivers(report, colors),
    ...list(colors.bold("Not read"), report.notes),
    verdict(report, errors.length, colors),
    whatWasRead(report),
  ];
  if (errors.length + warnings.length > 0)
    lines.push(colors.dim("--explain RULE tells why, with an example."));
  return lines.join("\n");
}

function section(
  title: string,
  findings: readonly Finding[],
  tell: (finding: Finding) => readonly string[],
  colors: Colors,
): string[] {
  if (findings.length === 0) return [];
  const lines = [`${title} (${findings.length})`, ""];
  for (const group of groupedBy(findings, ({ address, path }) => JSON.stringify([address, path])).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const place = first.path === null ? "" : colors.dim(`  ${first.path}`);
    lines.push(`  ${colors.bold(first.address || "(no address)")}${place}`, ...group.flatMap(tell), "");
  }
  return lines;
}

function inFull({ rule, message, fix, source }: Finding, sign: string, colors: Colors): string[] {
  return [`    ${sign} ${message}`, `      Fix: ${fix}`, colors.dim(`      ${rule}  ${source}`)];
}

/** By rule, because one value that is not known yet is often behind many of them. */
function untold(findings: readonly Finding[], colors: Colors): string[] {
  const lines = [...groupedBy(findings, ({ rule }) => rule)].map(([rule, group]) => {
    const addresses = [...new Set(group.map(({ address }) => address))];
    const more = addresses.length - namedPerRule;
    const named = addresses.slice(0, namedPerRule).join(", ") + (more > 0 ? ` and ${more} more` : "");
    return group.length === 1 ? `${rule} at ${named}: ${group[0]?.message}` : `${rule} at ${named}`;
  });
  return list(colors.cyan("Cannot be told before the apply"), lines);
}

function waivers({ waived }: Report, colors: Colors): string[] {
  const lines = waived.map(
    ({ rule, address, waiver }) => `${rule} at ${address} until ${waiver.expires}: ${waiver.reason}`,
  );
  return list(colors.cyan("Waived"), lines);
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length})`, ...lines.map((line) => `  ${line}`), ""];
}

function verdict(report: Report, errors: number, colors: Colors): string {
  const said = `${totals(report)}.`;
  return errors > 0 ? colors.red(said) : colors.green(said);
}
