import { groupBy } from "../../analysis/lists.ts";
import { printable } from "../../reporting/escape.ts";
import type { LocatedFinding } from "../../rules/rule.ts";
import type { WaivedFinding } from "../../rules/waivers.ts";
import type { Report } from "./report.ts";

/** JUnit XML, which CI systems show as tests: a suite for each rule; what is unknown, waived or not read is skipped. */
export function junitReport({ findings, waived, gaveUp, unread, notes }: Report): string {
  const suites = [...groupBy([...findings, ...waived], ({ rule }) => rule)].map(([rule, group]) => {
    const isFailure = (finding: LocatedFinding): boolean =>
      finding.severity !== "unknown" && !waived.some((each) => each === finding);
    return suite(
      rule,
      group.filter(isFailure).length,
      group.map((finding) => {
        const text = escaped(`${finding.message} Fix: ${finding.fix}`);
        const inner = isFailure(finding)
          ? `<failure type="${finding.severity}" message="${text}">${escaped(finding.origin)}</failure>`
          : `<skipped message="${escaped(reasonOf(finding))}${text}"/>`;
        return testCase(rule, finding.address, inner);
      }),
    );
  });
  const unchecked = [
    ...gaveUp.map((why) => testCase("verify", "checked to its end", `<error message="${escaped(why)}"/>`)),
    ...unread.map((why) => testCase("verify", "read", `<skipped message="${escaped(why)}"/>`)),
    ...notes.map((why) => testCase("verify", "as it is written", `<skipped message="${escaped(why)}"/>`)),
  ];
  if (suites.length + gaveUp.length === 0) unchecked.push(testCase("verify", "nothing found", ""));
  const all = unchecked.length === 0 ? suites : [suite("verify", gaveUp.length, unchecked), ...suites];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="verify">',
    ...all,
    "</testsuites>",
  ].join("\n");
}

function reasonOf(finding: LocatedFinding | WaivedFinding): string {
  return "waiver" in finding
    ? `Waived until ${finding.waiver.expires}: ${printable(finding.waiver.reason)}. `
    : "";
}

function suite(name: string, failures: number, cases: readonly string[]): string {
  return [
    `  <testsuite name="${escaped(name)}" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    "  </testsuite>",
  ].join("\n");
}

function testCase(suiteName: string, name: string, inner: string): string {
  const open = `    <testcase classname="${escaped(suiteName)}" name="${escaped(name || "(no address)")}"`;
  return inner === "" ? `${open}/>` : `${open}>${inner}</testcase>`;
}

function escaped(text: string): string {
  return printable(text)
    .replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/\p{Surrogate}|[\ufffe\uffff]/gu, "");
}
