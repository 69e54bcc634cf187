import type { Finding } from "../rule.ts";
import type { Report } from "./report.ts";

/** For machines: `{"findings": [...], "resources": N}`, with exactly the fields of a finding. */
export function jsonReport({ findings, resources }: Report): string {
  return JSON.stringify({ findings: findings.map(asFinding), resources }, null, 2);
}

function asFinding({ rule, severity, address, path, message, fix, source }: Finding): Finding {
  return { rule, severity, address, path, message, fix, source };
}
