import type { PreflightLine, PreflightResult, PreflightSummaryLine } from "../platform/preflight-result.ts";
import { UserError } from "../platform/sentence.ts";
import { type Api, NotThere } from "./api.ts";

export interface PreflightJob {
  readonly project: string;
  readonly region: string;
  /** Cloud Run's name of the job. */
  readonly job: string;
  /** Seconds after which the execution is given up and cancelled. */
  readonly within: number;
  /** Variables of this execution alone. @default none */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface JobSurroundings {
  readonly api: Api;
  /** "https://run.googleapis.com" */
  readonly run: string;
  /** "https://logging.googleapis.com" */
  readonly logging: string;
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Milliseconds between two looks; a container takes seconds to start, and log entries to arrive. */
const LOOK = 2_000;
/** How long log entries may take after the end of an execution. */
const LOGS = 60_000;
/** Cancelling must not hang after the rest was aborted. */
const CANCEL = 15_000;

interface Execution {
  readonly completionTime?: string;
  readonly conditions?: readonly {
    readonly type?: string;
    readonly state?: string;
    readonly message?: string;
  }[];
}

/**
 * Runs a preflight job, waits for its end and reads what it said. An execution that is given up, or interrupted, is
 * cancelled: nothing is left running.
 *
 * @throws UserError where there is no job, it cannot start, or it says nothing
 */
export async function runPreflightJob(
  wanted: PreflightJob,
  around: JobSurroundings,
  signal: AbortSignal,
): Promise<PreflightResult[]> {
  const execution = await startPreflightJob(wanted, around, signal);
  try {
    const ended = await end(execution, wanted, around, signal);
    return await lines(execution, ended, wanted, around, signal);
  } catch (error) {
    await cancel(execution, around);
    throw error;
  }
}

/**
 * Starts a preflight job and does not wait for it.
 *
 * @returns the full name of the execution
 * @throws UserError where there is no job, or it cannot start
 */
export async function startPreflightJob(
  { project, region, job, variables = {} }: PreflightJob,
  { api, run }: JobSurroundings,
  signal: AbortSignal,
): Promise<string> {
  const url = `${run}/v2/projects/${project}/locations/${region}/jobs/${job}:run`;
  const env = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const body = env.length === 0 ? {} : { overrides: { containerOverrides: [{ env }] } };
  try {
    const operation = await api.call({ method: "POST", url, body, repeatable: false }, signal);
    const { metadata } = operation as { readonly metadata?: { readonly name?: string } };
    if (typeof metadata?.name === "string") return metadata.name;
  } catch (error) {
    if (!(error instanceof NotThere)) throw error;
    throw new UserError(
      `There is no preflight job ${job} in ${project}/${region}: deploy the environment first, or set validation.preflight: false.`,
    );
  }
  throw new UserError(`Cloud Run started ${job} without naming its execution: run the same command again.`);
}

async function end(
  execution: string,
  { job, within }: PreflightJob,
  { api, run, now, sleep }: JobSurroundings,
  signal: AbortSignal,
): Promise<Execution> {
  const deadline = now() + within * 1000;
  while (!signal.aborted) {
    const found = (await api.call({ method: "GET", url: `${run}/v2/${execution}` }, signal)) as Execution;
    if (found.completionTime !== undefined) return found;
    if (now() >= deadline)
      throw new UserError(
        `${job} did not end within ${within} s and was cancelled: its log in Cloud Run says where it hangs.`,
      );
    await sleep(LOOK, signal);
  }
  throw new UserError(`Interrupted: the execution of ${job} was cancelled.`);
}

async function lines(
  execution: string,
  ended: Execution,
  { project, job }: PreflightJob,
  { api, logging, now, sleep }: JobSurroundings,
  signal: AbortSignal,
): Promise<PreflightResult[]> {
  const name = execution.slice(execution.lastIndexOf("/") + 1);
  const body = {
    resourceNames: [`projects/${project}`],
    filter: `resource.type="cloud_run_job" AND resource.labels.job_name="${job}" AND labels."run.googleapis.com/execution_name"="${name}" AND (jsonPayload.preflight:* OR jsonPayload.preflight_summary:*)`,
    orderBy: "timestamp asc",
    pageSize: 1000,
  };
  const deadline = now() + LOGS;
  do {
    const page = await api.call({ method: "POST", url: `${logging}/v2/entries:list`, body }, signal);
    const { entries = [] } = page as {
      readonly entries?: readonly { readonly jsonPayload?: Partial<PreflightLine & PreflightSummaryLine> }[];
    };
    const said = entries.flatMap(({ jsonPayload }) =>
      jsonPayload?.preflight ? [jsonPayload.preflight] : [],
    );
    const summary = entries.find(({ jsonPayload }) => jsonPayload?.preflight_summary)?.jsonPayload
      ?.preflight_summary;
    if (summary !== undefined && said.length >= summary.passed + summary.failed + summary.skipped)
      return said;
    await sleep(LOOK, signal);
  } while (now() < deadline && !signal.aborted);
  const reason = ended.conditions?.find(({ type }) => type === "Completed")?.message?.replaceAll(/\s+/g, " ");
  throw new UserError(
    `${job} ended without its results${reason === undefined ? "" : ` (${reason.slice(0, 300)})`}: check that preflight.image is in the registry, and the log of execution ${name}.`,
  );
}

/** Whether an execution has ended, well or not. */
export async function hasEnded(
  execution: string,
  { api, run }: JobSurroundings,
  signal: AbortSignal,
): Promise<boolean> {
  const found = (await api.call({ method: "GET", url: `${run}/v2/${execution}` }, signal)) as Execution;
  return found.completionTime !== undefined;
}

/** A result, and when it was told in milliseconds since 1970. */
export interface ToldResult {
  readonly result: PreflightResult;
  readonly at: number;
}

/** All that executions with this PREFLIGHT_ID have said until now, whoever started them. */
export async function resultsOf(
  id: string,
  { project }: Pick<PreflightJob, "project">,
  { api, logging }: JobSurroundings,
  signal: AbortSignal,
): Promise<ToldResult[]> {
  const told: ToldResult[] = [];
  let pageToken = "";
  do {
    const body = {
      resourceNames: [`projects/${project}`],
      filter: `resource.type="cloud_run_job" AND jsonPayload.preflight.id="${id}"`,
      orderBy: "timestamp asc",
      pageSize: 1000,
      ...(pageToken === "" ? {} : { pageToken }),
    };
    const page = (await api.call({ method: "POST", url: `${logging}/v2/entries:list`, body }, signal)) as {
      readonly entries?: readonly {
        readonly timestamp?: string;
        readonly jsonPayload?: Partial<PreflightLine>;
      }[];
      readonly nextPageToken?: string;
    };
    for (const { timestamp = "", jsonPayload } of page.entries ?? [])
      if (jsonPayload?.preflight) told.push({ result: jsonPayload.preflight, at: Date.parse(timestamp) });
    pageToken = page.nextPageToken ?? "";
  } while (pageToken !== "");
  return told;
}

/** Best effort: what has ended already cannot be cancelled, and the first error is the one to tell. */
async function cancel(execution: string, { api, run }: JobSurroundings): Promise<void> {
  const call = { method: "POST", url: `${run}/v2/${execution}:cancel`, body: {} } as const;
  await api.call(call, AbortSignal.timeout(CANCEL)).catch(() => {});
}
