import { jsonText } from "../../reporting/escape.ts";
import type { Finding } from "../rule.ts";
import type { Report } from "./report.ts";

/**
 * For machines: `{"findings": [...], "resources": N}`, with exactly the fields of a finding; and `gaveUp` and `unread` where
 * less was checked than there is.
 */
export function jsonReport({ findings, resources, gaveUp, unread }: Report): string {
  return jsonText({
    findings: findings.map(asFinding),
    resources,
    ...(gaveUp.length > 0 && { gaveUp }),
    ...(unread.length > 0 && { unread }),
  });
}

function asFinding({ rule, severity, address, path, message, fix, source }: Finding): Finding {
  return { rule, severity, address, path, message, fix, source };
}
