import type { PreflightResult } from "../platform/preflight/preflight-result.ts";
import { plural } from "../values/words.ts";

/** Result of the preflight of one service, in short. */
export function progressOf(results: readonly PreflightResult[]): string {
  const failures = results.filter(({ status }) => status === "failed");
  const critical = failures.filter((result) => result.critical).length;
  const passed = results.filter(({ status }) => status === "passed").length;
  if (critical > 0) return `failed, ${plural(critical, "critical check")} of ${results.length}`;
  const advice =
    failures.length === 0 ? "" : `, ${plural(failures.length, "failure")} that does not stop a deployment`;
  return `passed, ${passed} of ${plural(results.length, "check")}${advice}`;
}
