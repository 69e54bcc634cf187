import type { ReportedIssue } from "../platform/issue.ts";

/** What must be changed in which environment file. */
export interface EnvironmentIssues {
  readonly environment: string;
  readonly issues: readonly ReportedIssue[];
}
