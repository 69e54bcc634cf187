import { jsonText } from "../../reporting/escape.ts";
import type { LocatedFinding } from "../../rules/run.ts";
import type { WaivedFinding } from "../../rules/waivers.ts";
import { type Report, sourceLocation } from "./report.ts";

/**
 * For machines: `{"findings": [...], "resources": N, "checks": {...}}`, with exactly the fields of a finding, its file
 * and its line, null where that is not known; where there is any, also `waived` (findings with the reason and the end of
 * their waiver), `known` of a baseline, and the sentences of `gaveUp`, `unread` and `notes`.
 */
export function jsonReport(report: Report): string {
  const { findings, waived, known = [], resources, checks, gaveUp, unread, notes } = report;
  return jsonText({
    findings: findings.map(asFinding),
    resources,
    checks: {
      ...checks,
      inputs: checks.inputs.map(([input, count]) => ({ input, checks: count })),
    },
    ...(waived.length > 0 && { waived: waived.map(asWaived) }),
    ...(known.length > 0 && { known: known.map(asFinding) }),
    ...(gaveUp.length > 0 && { gaveUp }),
    ...(unread.length > 0 && { unread }),
    ...(notes.length > 0 && { notes }),
  });
}

function asWaived({ waiver: { reason, expires }, ...finding }: WaivedFinding): object {
  return { ...asFinding(finding), reason, expires };
}

function asFinding({ category, origin, ...finding }: LocatedFinding): object {
  const { rule, severity, address, path, message, fix, source } = finding;
  const kind = category === undefined ? {} : { category };
  return { rule, severity, ...kind, address, path, message, fix, source, ...sourceLocation(origin) };
}
