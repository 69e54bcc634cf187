import type { PreflightResult } from "../../../platform/preflight/preflight-result.ts";

/** One execution of a probe job: it ends after a while, and its lines come a little later still. */
export interface Execution {
  readonly name: string;
  readonly job: string;
  readonly started: number;
  readonly ends: number;
  readonly id: string | undefined;
  readonly results: readonly Partial<PreflightResult>[];
  /** Own requests that it sends to revisions while it runs. */
  readonly load: readonly { readonly revision: string; readonly perSecond: number }[];
}

/** What the lines of all checks say. */
const DEFAULTS = { environment: "staging", service: "auth", critical: true, fault: null, seconds: 1 };

/** Milliseconds until a line can be read. */
const LOG_LAG = 2_000;

export class FakeJobs {
  readonly executions: Execution[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  start(job: string, execution: Omit<Execution, "name" | "job">): Execution {
    const short = job.slice(job.lastIndexOf("/") + 1);
    const one = {
      ...execution,
      job: short,
      name: `${job}/executions/${short}-x${this.executions.length + 1}`,
    };
    this.executions.push(one);
    return one;
  }

  json(name: string): object | undefined {
    const found = this.executions.find((execution) => execution.name === name);
    if (found === undefined) return undefined;
    return found.ends <= this.#now()
      ? { name, completionTime: new Date(found.ends).toISOString() }
      : { name };
  }

  /** Entries of Cloud Logging that a filter finds. */
  entries(filter: string): object[] {
    const execution = /execution_name"="([^"]+)"/.exec(filter)?.[1];
    const id = /preflight\.id=~"\^([^"]+)"/.exec(filter)?.[1];
    return this.executions
      .filter(({ name, id: own }) =>
        execution === undefined ? own?.startsWith(id ?? " ") === true : name.endsWith(`/${execution}`),
      )
      .filter(({ ends }) => ends + LOG_LAG <= this.#now())
      .flatMap(({ results, ends, id: own }) => {
        const timestamp = new Date(ends).toISOString();
        const count = (status: string): number => results.filter((result) => result.status === status).length;
        return [
          ...results.map((result) => ({
            timestamp,
            jsonPayload: { preflight: { ...DEFAULTS, ...result, ...(own === undefined ? {} : { id: own }) } },
          })),
          ...(execution === undefined
            ? []
            : [
                {
                  timestamp,
                  jsonPayload: {
                    preflight_summary: {
                      status: count("failed") === 0 ? "passed" : "failed",
                      passed: count("passed"),
                      failed: count("failed"),
                      skipped: count("skipped"),
                    },
                  },
                },
              ]),
        ];
      });
  }

  /** Requests that own probes send to a revision between two moments. */
  requestsTo(revision: string, from: number, to: number): number {
    return this.executions.reduce((sum, { started, ends, load }) => {
      const seconds = Math.max(0, Math.min(to, ends) - Math.max(from, started)) / 1000;
      const perSecond = load.find((one) => one.revision === revision)?.perSecond ?? 0;
      return sum + Math.round(seconds * perSecond);
    }, 0);
  }
}
