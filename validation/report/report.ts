import type { Result } from "../check.ts";
import type { Verdict } from "../verdict.ts";
import type { WatchSummary } from "../watch.ts";

/** Result of a validation. */
export interface Report {
  readonly environment: string;
  /** Start time, ISO 8601. */
  readonly at: string;
  readonly verdict: Verdict;
  readonly results: readonly Result[];
  readonly watch?: WatchSummary;
}

/** Whether the first round and the watch have passed, for the exit code. */
export function reportPassed({ verdict, watch }: Report): boolean {
  return verdict.passed && (watch === undefined || watch.passed);
}

/** One word for it. */
export function reportOutcome(report: Report): "passed" | "failed" | "interrupted" {
  if (reportPassed(report)) return "passed";
  return report.verdict.passed && report.watch?.interrupted === true ? "interrupted" : "failed";
}

/** Link to a page of the runbook, relative to the project's folder. */
export function runbookPage({ symptom }: Result): string | undefined {
  return symptom === null ? undefined : `docs/runbook.md#${symptom}`;
}
