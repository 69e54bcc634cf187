import { jsonText, printable } from "../../reporting/escape.ts";
import type { LocatedFinding } from "../../rules/rule.ts";
import { Fingerprints } from "./fingerprints.ts";
import { type Report, sourceLocation } from "./report.ts";

const severities = { error: "critical", warning: "minor", unknown: "info" } as const;

/**
 * What is waived, known, not read or assumed is information here, as there is no other place for it.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function codeQualityReport(report: Report): string {
  const { findings, waived, known = [], inputs, gaveUp, unread, notes } = report;
  const fingerprints = new Fingerprints();
  const issue = (finding: LocatedFinding, severity: string, before = ""): object => {
    const { file, line } = sourceLocation(finding.origin);
    return {
      description: printable(`${before}${finding.address}: ${finding.message} Fix: ${finding.fix}`),
      check_name: finding.rule,
      fingerprint: fingerprints.of(finding),
      severity,
      location: { path: file, lines: { begin: line ?? 1 } },
    };
  };
  const sentence = (description: string, severity: string): object => ({
    description: printable(description),
    check_name: "verify",
    fingerprint: fingerprints.of({ rule: "verify", address: description, path: null }),
    severity,
    location: { path: inputs[0] ?? ".", lines: { begin: 1 } },
  });
  return jsonText([
    ...gaveUp.map((why) => sentence(why, "critical")),
    ...findings.map((finding) => issue(finding, severities[finding.severity])),
    ...waived.map((finding) =>
      issue(finding, "info", `Waived until ${finding.waiver.expires} (${finding.waiver.reason}): `),
    ),
    ...known.map((finding) => issue(finding, "info", "In the baseline: ")),
    ...[...unread, ...notes].map((why) => sentence(why, "info")),
  ]);
}
