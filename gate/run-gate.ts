import { NotFound } from "../google/errors.ts";
import { natAddresses } from "../google/nat-addresses.ts";
import { type JobContext, runPreflightJob } from "../google/preflight-job.ts";
import type { GateJob, GatePlan } from "../platform/preflight/preflight-gate.ts";
import type { PreflightResult } from "../platform/preflight/preflight-result.ts";
import { UserError } from "../platform/user-error.ts";
import { progressOf } from "./progress.ts";

export interface GateContext extends Omit<JobContext, "started" | "running"> {
  /** "https://compute.googleapis.com" */
  readonly compute: string;
  /** Progress messages. */
  readonly log: (line: string) => void;
}

/** How the preflight of one service went. */
export interface ServiceOutcome {
  readonly service: string;
  readonly job: string;
  /** Results; undefined where it could not check. */
  readonly results: readonly PreflightResult[] | undefined;
  /** Why it could not check, with the remedy. */
  readonly problem: string | undefined;
}

export interface GateOutcome {
  readonly environment: string;
  /** PREFLIGHT_ID of all executions. */
  readonly id: string;
  readonly services: readonly ServiceOutcome[];
}

/** Longest pause between two progress messages, in milliseconds. */
const SILENCE = 30_000;

/**
 * Runs all preflight jobs at once and waits for every one of them, so that one report covers all.
 *
 * @param id unique; part of every log entry
 */
export async function runGate(
  plan: GatePlan,
  id: string,
  context: GateContext,
  signal: AbortSignal,
): Promise<GateOutcome> {
  const addresses = await expectedAddresses(plan, context, signal);
  // An unexpected error in one job must not leave the others running.
  const broken = new AbortController();
  const ended = await Promise.allSettled(
    plan.jobs.map((job) =>
      runJob(plan, job, id, addresses, context, AbortSignal.any([signal, broken.signal])).catch((error) => {
        broken.abort();
        throw error;
      }),
    ),
  );
  const services = ended.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
  return { environment: plan.environment, id, services };
}

/** Read only where a job compares them; those jobs report why they are unknown. */
async function expectedAddresses(
  plan: GatePlan,
  { api, compute }: GateContext,
  signal: AbortSignal,
): Promise<readonly string[] | UserError> {
  if (!plan.jobs.some(({ comparesAddress }) => comparesAddress)) return [];
  try {
    return await natAddresses(
      api,
      compute,
      { ...plan, project: plan.networkProject ?? plan.project, names: plan.natAddresses },
      signal,
    );
  } catch (error) {
    if (error instanceof NotFound)
      return new UserError(
        `The addresses of Cloud NAT (${plan.natAddresses.join(", ")}) do not exist${plan.networkProject === undefined ? ": deploy the stack network first" : ` in project ${plan.networkProject}: correct network.unmanaged.nat.addresses`}.`,
      );
    if (error instanceof UserError) return error;
    throw error;
  }
}

async function runJob(
  plan: GatePlan,
  { service, job, comparesAddress }: GateJob,
  id: string,
  addresses: readonly string[] | UserError,
  context: GateContext,
  signal: AbortSignal,
): Promise<ServiceOutcome> {
  const { now, log } = context;
  const startedAt = now();
  let spoken = startedAt;
  const wanted = { ...plan, job, id };
  try {
    if (comparesAddress && addresses instanceof UserError) throw addresses;
    const variables =
      comparesAddress && !(addresses instanceof UserError)
        ? { PREFLIGHT_EXPECTED_ADDRESSES: addresses.join(",") }
        : {};
    const started = (execution: string): void => log(`${service}: started, execution ${execution}`);
    const running = (): void => {
      if (now() - spoken < SILENCE) return;
      spoken = now();
      log(`${service}: still running after ${elapsed(startedAt, context)} s`);
    };
    const results = await runPreflightJob({ ...wanted, variables }, { ...context, started, running }, signal);
    log(`${service}: ${progressOf(results)} (${elapsed(startedAt, context)} s)`);
    return { service, job, results, problem: undefined };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log(`${service}: could not check (${elapsed(startedAt, context)} s)`);
    return { service, job, results: undefined, problem: error.message };
  }
}

const elapsed = (startedAt: number, { now }: GateContext): number => Math.round((now() - startedAt) / 1000);
