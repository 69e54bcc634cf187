import type { Colors } from "picocolors/types.js";
import { groupBy } from "../../analysis/lists.ts";
import { printable, withTexts } from "../../reporting/escape.ts";
import type { Finding } from "../../rules/rule.ts";
import type { LocatedFinding } from "../../rules/run.ts";
import { errorsOf, ofSeverity, type Report, totals, whatWasChecked, whatWasRead } from "./report.ts";

/** At most so many addresses of one rule are named; the rest is counted. */
const namedPerRule = 5;

/** Warnings are cut short where one rule repeats itself at one address; errors never are. */
const warningsPerRule = 3;

/**
 * For people: errors first, by address, each with its fix; what was read and the totals last.
 *
 * @param explain how the reader has a rule explained
 */
export function textReport(untrusted: Report, colors: Colors, explain = "--explain RULE"): string {
  const report = withTexts(untrusted, printable);
  const { breaking, security } = errorsOf(report.findings);
  const warnings = ofSeverity(report.findings, "warning");
  const unknown = ofSeverity(report.findings, "unknown");
  const lines = [
    ...section("Errors", breaking, { sign: "x", paint: colors.red, most: breaking.length }, colors),
    ...section("Security errors", security, { sign: "x", paint: colors.red, most: security.length }, colors),
    ...section("Warnings", warnings, { sign: "!", paint: colors.yellow, most: warningsPerRule }, colors),
    ...unknowns(unknown, colors),
    ...waivers(report, colors),
    ...list(colors.red("Not checked"), report.gaveUp),
    ...list(colors.bold("Not read"), report.unread),
    ...list(colors.bold("Notes"), report.notes),
    (breaking.length + security.length + report.gaveUp.length > 0 ? colors.red : colors.green)(
      `${totals(report)}.`,
    ),
    whatWasChecked(report),
    whatWasRead(report),
  ];
  if (breaking.length + security.length + warnings.length > 0)
    lines.push(colors.dim(`${explain} shows why, with an example.`));
  return lines.join("\n");
}

interface Style {
  readonly sign: string;
  readonly paint: (text: string) => string;
  /** At most so many findings of one rule are shown at each address. */
  readonly most: number;
}

function section(title: string, findings: readonly LocatedFinding[], style: Style, colors: Colors): string[] {
  if (findings.length === 0) return [];
  const lines = [`${style.paint(title)} (${findings.length})`, ""];
  for (const group of groupBy(findings, ({ address, path, origin }) =>
    JSON.stringify([address, path, origin]),
  ).values()) {
    const byRule = groupBy(group, ({ rule }) => rule).values();
    lines.push(
      `  ${location(group, colors)}`,
      ...[...byRule].flatMap((same) => ofOneRule(same, style, colors)),
      "",
    );
  }
  return lines;
}

/** The address and its location: the construct, or the line of the file. */
function location([first]: readonly LocatedFinding[], colors: Colors): string {
  if (first === undefined) return "";
  const { address, path, origin } = first;
  const where = path ?? (/:\d+$/.test(origin) ? origin : "");
  return colors.bold(address || "(no address)") + (where === "" ? "" : colors.dim(`  ${where}`));
}

function ofOneRule(
  findings: readonly LocatedFinding[],
  { sign, paint, most }: Style,
  colors: Colors,
): string[] {
  const more = findings.length - most;
  const [{ rule, source } = { rule: "", source: "" }] = findings;
  return [
    ...findings
      .slice(0, most)
      .flatMap(({ message, fix }) => [`    ${paint(sign)} ${message}`, `      Fix: ${fix}`]),
    ...(more > 0 ? [`      and ${more} more like ${more === 1 ? "this" : "these"}`] : []),
    colors.dim(`      ${rule}  ${source}`),
  ];
}

/** By rule and what settles it, because one unknown value often causes many of them. */
function unknowns(findings: readonly Finding[], colors: Colors): string[] {
  const groups = groupBy(findings, ({ rule, fix }) => JSON.stringify([rule, fix])).values();
  const lines = [...groups].map((group) => {
    const [{ rule, message, fix } = { rule: "", message: "", fix: "" }] = group;
    const addresses = [...new Set(group.map(({ address }) => address))];
    const more = addresses.length - namedPerRule;
    const named = addresses.slice(0, namedPerRule).join(", ") + (more > 0 ? ` and ${more} more` : "");
    return `${rule} at ${named}: ${group.length === 1 ? `${message} ` : ""}${fix}`;
  });
  return list(colors.cyan("Unknown"), lines, findings.length);
}

function waivers({ waived }: Report, colors: Colors): string[] {
  const lines = waived.map(
    ({ rule, address, waiver }) => `${rule} at ${address} until ${waiver.expires}: ${waiver.reason}`,
  );
  return list(colors.cyan("Waived"), lines);
}

function list(title: string, lines: readonly string[], count: number = lines.length): string[] {
  return lines.length === 0 ? [] : [`${title} (${count})`, ...lines.map((line) => `  ${line}`), ""];
}
