import type { PreflightResult } from "../platform/preflight/preflight-result.ts";
import type { Api } from "./api.ts";
import { TransientError } from "./errors.ts";
import { entryPage, type PreflightEntry } from "./preflight-entry.ts";
import { responseOf } from "./response.ts";

export interface LogContext {
  readonly api: Api;
  /** "https://logging.googleapis.com" */
  readonly logging: string;
  readonly now: () => number;
  /** Ends early, without an error, where the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Log entries of one execution. */
export interface Spoken {
  readonly results: readonly PreflightResult[];
  /** Whether its summary and all counted results are there. */
  readonly complete: boolean;
  /** Stopped before its end: missing results mean nothing. */
  readonly stopped: boolean;
  /** Its last message that is not a result: why it could not check. */
  readonly words: string | undefined;
}

/** Names of the checks are unique in one execution, and Cloud Logging may store a line twice. */
const unique = (results: readonly PreflightResult[]): PreflightResult[] => [
  ...new Map(results.map((result) => [result.check, result])).values(),
];

/** Milliseconds that log entries may take to arrive after the end of an execution. */
const LATE = 60_000;
/** Milliseconds that an execution may have started before the response that told so; by how much a clock may be wrong where no response had a date. */
const SKEW = 3_600_000;
/** Longest pause: Cloud Logging allows 60 reads per minute and project, and all jobs read at once. */
const PAGES = 10;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 10_000;

/**
 * Reads the log entries of an ended execution. They arrive late and one by one.
 *
 * @param since milliseconds since 1970 at its start: without a lower bound Google searches 30 days, and may return nothing
 * @param isHopeless true for an execution that never started: then there is no wait
 */
export async function spokenBy(
  { project, job, execution }: { readonly project: string; readonly job: string; readonly execution: string },
  { api, logging, now, sleep }: LogContext,
  signal: AbortSignal,
  { since, isHopeless }: { readonly since: number; readonly isHopeless: boolean },
): Promise<Spoken> {
  const body = {
    resourceNames: [`projects/${project}`],
    filter: `timestamp>="${new Date(since - SKEW).toISOString()}" AND resource.type="cloud_run_job" AND resource.labels.job_name="${job}" AND labels."run.googleapis.com/execution_name"="${execution}" AND (jsonPayload.preflight:* OR jsonPayload.preflight_summary:* OR textPayload:*)`,
    orderBy: "timestamp asc",
    pageSize: 1000,
  };
  const deadline = now() + (isHopeless ? 0 : LATE);
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      const spoken = read(await entriesOf(api, `${logging}/v2/entries:list`, body, signal));
      if (spoken.complete || now() >= deadline) return spoken;
    } catch (error) {
      // All jobs read at once, and the quota is per minute: it recovers before this ends.
      if (!(error instanceof TransientError) || now() >= deadline) throw error;
    }
    await sleep(Math.min(pause, deadline - now()), signal);
  }
}

/** All pages: Google may return an empty one with a next page where its search was cut short. */
async function entriesOf(
  api: Api,
  url: string,
  body: object,
  signal: AbortSignal,
): Promise<PreflightEntry[]> {
  const entries: PreflightEntry[] = [];
  let pageToken: string | undefined;
  for (let pages = 0; pages < PAGES; pages += 1) {
    const asked = pageToken === undefined ? body : { ...body, pageToken };
    const call = { method: "POST", url, body: asked, role: "roles/logging.viewer" } as const;
    const page = responseOf(entryPage, await api.call(call, signal), "log entries");
    entries.push(...(page.entries ?? []));
    pageToken = page.nextPageToken;
    if (!pageToken) break;
  }
  return entries;
}

function read(entries: readonly PreflightEntry[]): Spoken {
  const results = unique(entries.flatMap(({ jsonPayload }) => jsonPayload?.preflight ?? []));
  const summary = entries.flatMap(({ jsonPayload }) => jsonPayload?.preflight_summary ?? [])[0];
  return {
    results,
    complete: summary !== undefined && results.length >= summary.passed + summary.failed + summary.skipped,
    stopped: summary?.status === "interrupted",
    words: entries.flatMap(({ textPayload }) => textPayload?.trim() || []).at(-1),
  };
}
