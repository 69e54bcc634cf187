import { googleError } from "../../support/google-api/error-form.ts";
import { startedExecution } from "../../support/google-api/started-execution.ts";
import type { Asked, Reply } from "../../support/servers/google-apis.ts";

const EXECUTION = (job: string, name: string): string =>
  `projects/netra-staging/locations/us-central1/jobs/${job}/executions/${job}-${name}`;

/** An execution that is given endpoints to ask; its results stand under this name. */
const CONTRACTS = "contracts";

/** Results that a preflight says, by job; all is well where nothing is said. */
export type Said = Readonly<Record<string, readonly object[]>>;

/** Google with three services that started well, and preflights that pass. */
export function google(said: Said = {}, startups: { readonly p99?: number; readonly killed?: number } = {}) {
  return (asked: Asked): Reply => {
    const { pathname, searchParams } = asked.url;
    if (pathname.endsWith("/timeSeries")) return { status: 200, body: series(searchParams, startups) };
    if (/\/services\/[^/]+$/.test(pathname))
      return { status: 200, body: { uri: "https://frontend-abc.a.run.app", invokerIamDisabled: true } };
    const started = /\/jobs\/([^/]+):run$/.exec(pathname)?.[1];
    if (started !== undefined)
      return {
        status: 200,
        body: startedExecution(
          EXECUTION(started, asked.body.includes("PREFLIGHT_CONTRACTS") ? CONTRACTS : "x1"),
        ),
      };
    if (pathname.endsWith(":cancel"))
      return { status: 200, body: startedExecution(pathname.slice("/v2/".length, -":cancel".length)) };
    if (pathname.includes("/executions/"))
      return { status: 200, body: { completionTime: "2026-11-21T12:00:00Z" } };
    if (pathname.endsWith("/entries:list")) {
      const job = /job_name=\\"([^"\\]+)/.exec(asked.body)?.[1] ?? "";
      if (asked.body.includes(`-${CONTRACTS}`)) {
        const contracts = said[CONTRACTS] ?? [line(job, "contract/frontend", "contract")];
        return { status: 200, body: { entries: entries(contracts) } };
      }
      const lines = said[job] ?? [
        line(job, "database/connect", "database"),
        line(job, "cache/ping", "cache"),
      ];
      return { status: 200, body: { entries: entries(lines) } };
    }
    return { status: 404, body: googleError(404, `no ${pathname}`) };
  };
}

export const line = (job: string, check: string, category: string, change: object = {}): object => ({
  environment: "staging",
  service: job.replace("staging-preflight-", ""),
  check,
  category,
  status: "passed",
  critical: true,
  fault: null,
  why: "fine",
  seconds: 0.1,
  ...change,
});

function entries(lines: readonly object[]): object[] {
  return [
    ...lines.map((preflight) => ({ jsonPayload: { preflight } })),
    { jsonPayload: { preflight_summary: { status: "passed", passed: lines.length, failed: 0, skipped: 0 } } },
  ];
}

function series(
  query: URLSearchParams,
  { p99 = 42_000, killed = 0 }: { p99?: number; killed?: number },
): object {
  const filter = query.get("filter") ?? "";
  const value = filter.includes("completed_probe_count")
    ? { int64Value: String(killed) }
    : query.get("aggregation.perSeriesAligner") === "ALIGN_PERCENTILE_99"
      ? { doubleValue: p99 }
      : { distributionValue: { count: "3" } };
  return { timeSeries: [{ points: [{ value }] }] };
}
