import type { PreflightLine, PreflightResult, PreflightSummaryLine } from "../platform/preflight-result.ts";
import type { Api } from "./api.ts";

export interface LogSurroundings {
  readonly api: Api;
  /** "https://logging.googleapis.com" */
  readonly logging: string;
  readonly now: () => number;
  /** Ends early, without an error, where the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** What the log holds of one execution. */
export interface Spoken {
  readonly results: readonly PreflightResult[];
  /** Whether its summary is there, and as many lines as it counts. */
  readonly complete: boolean;
  /** Told to stop before its end: what it did not try says nothing. */
  readonly stopped: boolean;
  /** What it said last that is no result: why it could not look. */
  readonly words: string | undefined;
}

interface Entry {
  readonly jsonPayload?: Partial<PreflightLine & PreflightSummaryLine>;
  readonly textPayload?: string;
}

/** Milliseconds that log entries may take to arrive after the end of an execution. */
const LATE = 60_000;
/** Cloud Logging answers 60 questions a minute in a project, and all jobs ask at once: pauses grow to this. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 10_000;

/**
 * Reads what an execution said, once it has ended. Lines come late and one by one.
 *
 * @param isHopeless where it is known that it never began: then nothing is waited for
 */
export async function spokenBy(
  { project, job, execution }: { readonly project: string; readonly job: string; readonly execution: string },
  { api, logging, now, sleep }: LogSurroundings,
  signal: AbortSignal,
  { isHopeless }: { readonly isHopeless: boolean },
): Promise<Spoken> {
  const body = {
    resourceNames: [`projects/${project}`],
    filter: `resource.type="cloud_run_job" AND resource.labels.job_name="${job}" AND labels."run.googleapis.com/execution_name"="${execution}" AND (jsonPayload.preflight:* OR jsonPayload.preflight_summary:* OR textPayload:*)`,
    orderBy: "timestamp asc",
    pageSize: 1000,
  };
  const deadline = now() + (isHopeless ? 0 : LATE);
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const page = await api.call(
      { method: "POST", url: `${logging}/v2/entries:list`, body, role: "roles/logging.viewer" },
      signal,
    );
    const spoken = read((page as { readonly entries?: readonly Entry[] }).entries ?? []);
    if (spoken.complete || now() >= deadline) return spoken;
    await sleep(Math.min(pause, deadline - now()), signal);
  }
}

function read(entries: readonly Entry[]): Spoken {
  const results = entries.flatMap(({ jsonPayload }) => jsonPayload?.preflight ?? []);
  const summary = entries.flatMap(({ jsonPayload }) => jsonPayload?.preflight_summary ?? [])[0];
  return {
    results,
    complete: summary !== undefined && results.length >= summary.passed + summary.failed + summary.skipped,
    stopped: summary?.status === "interrupted",
    words: entries.flatMap(({ textPayload }) => textPayload?.trim() || []).at(-1),
  };
}
