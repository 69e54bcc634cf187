/**
 * Output of the preflight (probe/): one JSON line for each check, then a summary. Cloud Logging stores each line as a
 * structured entry, so that `jsonPayload.preflight.status="failed"` finds the failures of every execution.
 */

/** Category of a check, ordered by causes: the first failed critical category determines the exit code. */
export const preflightCategories = [
  "settings",
  "secrets",
  "names",
  "network",
  "certificates",
  "database",
  "cache",
  "dependencies",
  "egress",
  "services",
  "contract",
] as const;

export type PreflightCategory = (typeof preflightCategories)[number];

/** Exit code of the probe where a critical check of the category failed; 0 passed, 2 wrong use, 143 ended by SIGTERM. */
export const preflightExitCodes: Readonly<Record<PreflightCategory, number>> = {
  settings: 10,
  secrets: 11,
  names: 12,
  network: 13,
  certificates: 14,
  database: 15,
  cache: 16,
  dependencies: 17,
  egress: 18,
  services: 19,
  contract: 20,
};

/** Who can fix it: the owners of network and data, or the owners of the service's code. */
export type PreflightFault = "infrastructure" | "application";

export interface PreflightResult {
  readonly environment: string;
  readonly service: string;
  /** PREFLIGHT_ID as passed in, which identifies the lines of one execution. */
  readonly id?: string;
  /** Category and check: "database/connect", "cache/ping", "secrets/REDIS_PASSWORD", "clickhouse/tls". */
  readonly check: string;
  readonly category: PreflightCategory;
  /** "skipped" where a prerequisite check failed, so that one cause is counted once. */
  readonly status: "passed" | "failed" | "skipped";
  /** Whether a failure of its category stops a deployment. */
  readonly critical: boolean;
  /** Null where nothing failed. */
  readonly fault: PreflightFault | null;
  /** One sentence: what was found, and after a failure what to fix. Never a secret. */
  readonly why: string;
  /** Duration of the check. */
  readonly seconds: number;
  /** Numbers of the check, for charts: { p50Milliseconds: 3, p95Milliseconds: 9 }. */
  readonly measured?: Readonly<Record<string, number>>;
}

/** INFO: passed or skipped; WARNING passed with advice, or failed and not critical; ERROR failed and critical. */
export type PreflightSeverity = "INFO" | "WARNING" | "ERROR";

/** A line of the probe's output. */
export interface PreflightLine {
  readonly severity: PreflightSeverity;
  readonly message: string;
  readonly preflight: PreflightResult;
}

/** The last line of the probe's output. */
export interface PreflightSummaryLine {
  readonly severity: PreflightSeverity;
  readonly message: string;
  readonly preflight_summary: PreflightSummary;
}

export interface PreflightSummary {
  readonly environment: string;
  readonly service: string;
  readonly id?: string;
  /** "failed" where a critical check failed; "interrupted" where SIGTERM came before the end. */
  readonly status: "passed" | "failed" | "interrupted";
  readonly exitCode: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Categories in which a critical check failed, causes first. */
  readonly criticalCategories: readonly PreflightCategory[];
  /** The failed checks, causes first. */
  readonly failures: readonly {
    readonly check: string;
    readonly category: PreflightCategory;
    readonly critical: boolean;
    readonly fault: PreflightFault | null;
    readonly why: string;
  }[];
  readonly seconds: number;
}
