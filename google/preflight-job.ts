import { z } from "zod";
import type { PreflightResult } from "../platform/preflight/preflight-result.ts";
import { UserError } from "../platform/user-error.ts";
import type { Api } from "./api.ts";
import { BadRequest, NotFound, TransientError } from "./errors.ts";
import { type LogContext, type Spoken, spokenBy } from "./preflight-log.ts";
import { preflightRemedy } from "./preflight-refusal.ts";
import { responseOf } from "./response.ts";
import { condition, last } from "./services.ts";

export interface PreflightJob {
  readonly environment: string;
  readonly project: string;
  readonly region: string;
  /** Name of the job in Cloud Run. */
  readonly job: string;
  /** Seconds after which the execution is given up and cancelled. */
  readonly within: number;
  /** Unique; part of every log entry, and identifies an execution whose start got no response. */
  readonly id: string;
  /** Variables of this execution only, in addition to those of the job. @default none */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface JobContext extends LogContext {
  /** "https://run.googleapis.com" */
  readonly run: string;
  /** Called with the short name of a started execution. @default none */
  readonly started?: (execution: string) => void;
  /** Called at every poll while the execution runs. @default none */
  readonly running?: () => void;
}

/** Poll interval in milliseconds; a container takes seconds to start. */
const POLL_INTERVAL_MS = 2_000;
/** Starting and cancelling are not ended by an interruption, and must not hang after it. */
const START = 60_000;
const CANCEL = 15_000;

/** Full name of an execution: it becomes part of URLs, of a filter of the log, and of messages. */
const executionName = z
  .string()
  .regex(
    /^projects\/[\w.:-]+\/locations\/[\w-]+\/jobs\/[\w-]+\/executions\/[\w-]+$/,
    "is no name of an execution",
  );

const count = z.int().nonnegative().optional();

const execution = z.object({
  name: executionName.optional(),
  completionTime: z.string().optional(),
  cancelledCount: count,
  failedCount: count,
  succeededCount: count,
  conditions: z.array(condition).optional(),
  template: z
    .object({
      containers: z
        .array(
          z.object({
            env: z.array(z.object({ name: z.string().optional(), value: z.string().optional() })).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

type Execution = z.output<typeof execution>;

const rawOperation = z.object({ metadata: z.object({ name: executionName.optional() }).optional() });

const executionPage = z.object({ executions: z.array(execution).optional() });

/**
 * Runs a preflight job, waits for its end and reads its results. After a timeout or an interruption the execution is
 * cancelled: nothing is left running.
 *
 * @throws UserError where there is no job, it cannot start, or it logs no results
 */
export async function runPreflightJob(
  wanted: PreflightJob,
  context: JobContext,
  signal: AbortSignal,
): Promise<readonly PreflightResult[]> {
  if (signal.aborted) throw new UserError(`Interrupted before ${wanted.job} was started.`);
  const name = await startPreflightJob(wanted, context);
  // After the response, whose date says Google's time.
  const since = context.now();
  const short = last(name);
  context.started?.(short);
  try {
    const ended = await end(name, wanted, context, signal);
    const spoken = await spokenBy({ ...wanted, execution: short }, context, signal, {
      since,
      isHopeless: reasonOf(ended) !== undefined && preflightRemedy(reasonOf(ended) ?? "", "").known,
    });
    if (spoken.stopped || (!spoken.complete && (ended.cancelledCount ?? 0) > 0))
      throw new UserError(
        `Somebody else stopped execution ${short} of ${wanted.job} before its end: run the same command again.`,
      );
    if (spoken.complete) return agreeing(spoken.results, ended, wanted, short);
    throw withoutResults(wanted, short, ended, spoken);
  } catch (error) {
    await cancel(name, context);
    throw signal.aborted
      ? new UserError(`Interrupted: the execution of ${wanted.job} was cancelled.`)
      : error;
  }
}

/**
 * Starts a preflight job and does not wait for it. Not ended by an interruption: without the
 * response it is unknown what to cancel.
 *
 * @returns the full name of the execution
 * @throws UserError where there is no job, or it cannot start
 */
export async function startPreflightJob(
  wanted: PreflightJob,
  { api, run }: Pick<JobContext, "api" | "run">,
): Promise<string> {
  const { environment, project, region, job, id } = wanted;
  const url = `${run}/v2/projects/${project}/locations/${region}/jobs/${job}`;
  const variables = Object.entries({ PREFLIGHT_ID: id, ...wanted.variables });
  const overrides = { containerOverrides: [{ env: variables.map(([name, value]) => ({ name, value })) }] };
  const signal = AbortSignal.timeout(START);
  try {
    const call = {
      method: "POST",
      url: `${url}:run`,
      body: { overrides },
      repeatable: false,
      role: "roles/run.developer",
    } as const;
    const operation = await api.call(call, signal);
    const { metadata } = responseOf(rawOperation, operation, `the start of ${job}`);
    if (metadata?.name !== undefined) return metadata.name;
  } catch (error) {
    if (error instanceof NotFound)
      throw new UserError(
        `There is no preflight job ${job} in ${project}/${region}: deploy the stack that holds it first (npm run deploy -- ${environment}).`,
      );
    if (error instanceof BadRequest)
      throw new UserError(
        `Cloud Run refuses to run ${job}${error.reason === "" ? "" : ` (${error.reason})`}: ${preflightRemedy(error.reason, environment).what}.`,
      );
    const started = await startedUnheard(url, id, api);
    if (started === undefined) throw error;
    return started;
  }
  throw new UserError(`Cloud Run started ${job} without naming its execution: run the same command again.`);
}

/** The execution of a start whose response was lost. */
async function startedUnheard(url: string, id: string, api: Api): Promise<string | undefined> {
  try {
    const call = { method: "GET", url: `${url}/executions?pageSize=10` } as const;
    const page = await api.call(call, AbortSignal.timeout(CANCEL));
    const { executions = [] } = responseOf(executionPage, page, "the executions");
    return executions.find(({ template }) =>
      template?.containers?.some(({ env }) => env?.some(({ value }) => value === id)),
    )?.name;
  } catch {
    // The first error is reported.
    return undefined;
  }
}

async function end(
  name: string,
  { job, within }: PreflightJob,
  { api, run, now, sleep, running }: JobContext,
  signal: AbortSignal,
): Promise<Execution> {
  const deadline = now() + within * 1000;
  for (;;) {
    const found = await looked(name, { api, run }, job, signal, () => now() < deadline);
    if (found?.completionTime !== undefined) return found;
    if (now() >= deadline)
      throw new UserError(
        `${job} did not end within ${within} s and was cancelled: its log in Cloud Run shows where it hangs.`,
      );
    running?.();
    await sleep(POLL_INTERVAL_MS, signal);
  }
}

/** One poll. Undefined where Google is busy and there is time for another one: the execution continues. */
async function looked(
  name: string,
  { api, run }: Pick<JobContext, "api" | "run">,
  job: string,
  signal: AbortSignal,
  isTimeLeft: () => boolean,
): Promise<Execution | undefined> {
  const call = { method: "GET", url: `${run}/v2/${name}`, role: "roles/run.developer" } as const;
  try {
    return responseOf(execution, await api.call(call, signal), `an execution of ${job}`);
  } catch (error) {
    if (error instanceof TransientError && isTimeLeft()) return undefined;
    if (error instanceof NotFound)
      throw new UserError(
        `Execution ${last(name)} of ${job} no longer exists: it was deleted; run the same command again.`,
      );
    throw error;
  }
}

/** Results without a failure of an execution that failed prove nothing. */
function agreeing(
  results: readonly PreflightResult[],
  { failedCount = 0 }: Execution,
  { job }: PreflightJob,
  execution: string,
): readonly PreflightResult[] {
  if (failedCount === 0 || results.some(({ status, critical }) => status === "failed" && critical))
    return results;
  throw new UserError(
    `Execution ${execution} of ${job} failed, though no critical check did: its log shows why; run the same command again.`,
  );
}

function withoutResults(
  { job, environment }: PreflightJob,
  execution: string,
  ended: Execution,
  { words }: Spoken,
): UserError {
  if ((ended.succeededCount ?? 0) > 0)
    return new UserError(
      `Execution ${execution} of ${job} succeeded, but its log entries did not arrive in Cloud Logging: if the sink _Default of the project excludes them, include them; then run the same command again.`,
    );
  const reason = words ?? reasonOf(ended);
  const said = reason === undefined ? "" : ` (${reason.replaceAll(/\s+/g, " ").slice(0, 300)})`;
  const { known, what } = preflightRemedy(reason ?? "", environment);
  const log = known ? "" : `; otherwise see the log of execution ${execution}`;
  return new UserError(`${job} ended without its results${said}: ${what}${log}.`);
}

const reasonOf = (ended: Execution): string | undefined =>
  ended.conditions?.find(({ type }) => type === "Completed")?.message;

/** Whether an execution has ended, well or not. */
export async function hasEnded(
  name: string,
  { api, run }: Pick<JobContext, "api" | "run">,
  signal: AbortSignal,
): Promise<boolean> {
  const response = await api.call({ method: "GET", url: `${run}/v2/${name}` }, signal);
  return responseOf(execution, response, `the execution ${last(name)}`).completionTime !== undefined;
}

/** Best effort: what has ended already cannot be cancelled, and the first error is reported. */
async function cancel(name: string, { api, run }: JobContext): Promise<void> {
  const call = { method: "POST", url: `${run}/v2/${name}:cancel`, body: {} } as const;
  await api.call(call, AbortSignal.timeout(CANCEL)).catch(() => {});
}
