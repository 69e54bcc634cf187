import { jsonText } from "../../reporting/escape.ts";
import type { LocatedFinding } from "../run.ts";
import { type Report, sourceLocation } from "./report.ts";

/**
 * For machines: `{"findings": [...], "resources": N, "checks": {...}}`, with exactly the fields of a finding, its file
 * and its line, null where that is not known; and `gaveUp` and `unread` where
 * less was checked than there is.
 */
export function jsonReport({ findings, resources, checks, gaveUp, unread }: Report): string {
  return jsonText({
    findings: findings.map(asFinding),
    resources,
    checks: {
      ...checks,
      inputs: checks.inputs.map(([input, count]) => ({ input, checks: count })),
    },
    ...(gaveUp.length > 0 && { gaveUp }),
    ...(unread.length > 0 && { unread }),
  });
}

function asFinding({ rule, severity, address, path, message, fix, source, origin }: LocatedFinding): object {
  return { rule, severity, address, path, message, fix, source, ...sourceLocation(origin) };
}
