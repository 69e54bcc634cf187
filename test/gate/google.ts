import { googleError } from "../support/google-api/error-form.ts";
import { startedExecution } from "../support/google-api/started-execution.ts";
import type { Asked, Reply } from "../support/servers/google-apis.ts";

const SERVICES = ["auth", "backend", "frontend"] as const;

/** A line of a probe that passed, and what a test says instead. */
export const line = (service: string, check: string, category: string, change: object = {}): object => ({
  environment: "staging",
  service,
  check,
  category,
  status: "passed",
  critical: true,
  fault: null,
  why: "fine",
  seconds: 0.1,
  ...change,
});

export const failure = (
  service: string,
  check: string,
  category: string,
  why: string,
  change: object = {},
): object => line(service, check, category, { status: "failed", fault: "infrastructure", why, ...change });

const nameOf = (service: string): string => `staging-preflight-${service}`;
const execution = (service: string): string =>
  `projects/netra-staging/locations/us-central1/jobs/${nameOf(service)}/executions/${nameOf(service)}-x1`;

/** Cloud Run, Cloud Logging and Compute with three preflight jobs, whose executions end at once. */
export function google(said: Readonly<Record<string, readonly object[]>> = {}) {
  return ({ url: { pathname }, body }: Asked): Reply => {
    if (pathname.startsWith("/compute/v1/")) return { status: 200, body: { address: "203.0.113.7" } };
    const service = SERVICES.find((name) => `${pathname} ${body}`.includes(nameOf(name))) ?? "";
    if (pathname.endsWith(":run")) return { status: 200, body: startedExecution(execution(service)) };
    if (pathname.endsWith(":cancel")) return { status: 200 };
    if (pathname.endsWith("/executions")) return { status: 200, body: {} };
    if (pathname.includes("/executions/"))
      return { status: 200, body: { completionTime: "2026-11-21T12:00:00Z" } };
    if (pathname.endsWith("/entries:list")) {
      const lines = said[service] ?? [line(service, "database/connect", "database")];
      const summary = { status: "passed", passed: lines.length, failed: 0, skipped: 0 };
      return {
        status: 200,
        body: {
          entries: [
            ...lines.map((preflight) => ({ jsonPayload: { preflight } })),
            { jsonPayload: { preflight_summary: summary } },
          ],
        },
      };
    }
    return { status: 404, body: googleError(404, `no ${pathname}`) };
  };
}

/** Paths whose last part ends so: ":run", ":cancel". */
export const ending = (asked: readonly Asked[], end: string): Asked[] =>
  asked.filter(({ url }) => url.pathname.endsWith(end));
