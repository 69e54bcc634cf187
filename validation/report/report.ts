import type { Result } from "../check.ts";
import type { Verdict } from "../verdict.ts";
import type { WatchSummary } from "../watch.ts";

/** All that a validation found, ready to be written in any form. */
export interface Report {
  readonly environment: string;
  /** When it began, ISO 8601. */
  readonly at: string;
  readonly verdict: Verdict;
  readonly results: readonly Result[];
  readonly watch?: WatchSummary;
}

/** What can be judged by an exit code: the first look and the watch have passed. */
export function reportPassed({ verdict, watch }: Report): boolean {
  return verdict.passed && (watch === undefined || watch.passed);
}

/** One word for it. */
export function reportOutcome(report: Report): "passed" | "failed" | "interrupted" {
  if (reportPassed(report)) return "passed";
  return report.verdict.passed && report.watch?.interrupted === true ? "interrupted" : "failed";
}

/** Page of the runbook that helps, as a link from the project's folder. */
export function runbookPage({ symptom }: Result): string | undefined {
  return symptom === null ? undefined : `docs/runbook.md#${symptom}`;
}
