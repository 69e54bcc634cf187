import { jsonText, printable } from "../../reporting/escape.ts";
import { Fingerprints } from "./fingerprints.ts";
import { type Report, sourceLocation } from "./report.ts";

const severities = { error: "critical", warning: "minor", unknown: "info" } as const;

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function codeQualityReport({ findings }: Report): string {
  const fingerprints = new Fingerprints();
  return jsonText(
    findings.map((finding) => {
      const { file, line } = sourceLocation(finding.origin);
      return {
        description: printable(`${finding.address}: ${finding.message} Fix: ${finding.fix}`),
        check_name: finding.rule,
        fingerprint: fingerprints.of(finding),
        severity: severities[finding.severity],
        location: { path: file, lines: { begin: line ?? 1 } },
      };
    }),
  );
}
