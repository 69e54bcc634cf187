import type { PlatformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { UserError } from "../../platform/user-error.ts";
import type { RolloutEvent } from "../../rollout/report/events.ts";
import { type RunResult, run } from "../../rollout/run.ts";
import type { RolloutPlan } from "../../rollout-adapters/context.ts";
import { gatewayWithoutTerraform } from "../../rollout-adapters/observe-services.ts";
import { sleep } from "../google.ts";
import { googleContext } from "../google-context.ts";
import { rolloutSettings } from "./settings.ts";

/** Milliseconds of one run. The next one starts a minute after this one, and the job is ended at 55 s. */
const RUN = 50_000;

/** A log entry of the watchdog, as Cloud Logging parses it. */
export interface WatchdogLine {
  readonly severity: RolloutEvent["severity"];
  readonly message: string;
  readonly watchdog: { readonly environment: string; readonly service: string | null };
}

/**
 * Reads the ledger once, and rolls back to stable where the lease of a rollout has expired under traffic.
 *
 * @param output next to it is the ledger of an environment with local states
 */
export async function runWatchdog(
  platform: RolloutPlan & Pick<PlatformPlan, "rollout">,
  output: string,
  print: (line: WatchdogLine) => void,
): Promise<RunResult> {
  const stop = new AbortController();
  const end = setTimeout(() => stop.abort(), RUN);
  const log = (severity: WatchdogLine["severity"], message: string, service?: string): void =>
    print({ severity, message, watchdog: { environment: platform.name, service: service ?? null } });
  try {
    const google = googleContext(platform);
    const client = gatewayWithoutTerraform(platform, google, output, stop.signal);
    const ended = await run(client, rolloutSettings(platform, "watchdog"), {
      now: google.now,
      sleep: (milliseconds) => sleep(milliseconds, stop.signal),
      emit: ({ severity, text, service }) =>
        log(severity, `${service === undefined ? "" : `${service}: `}${text}`, service),
      signal: stop.signal,
    });
    const isBlind = ended.outcome === "interrupted" && ended.ledger === null;
    log(
      isBlind ? "ERROR" : "INFO",
      isBlind ? "the rollback watchdog could not read the ledger" : `${ended.outcome}: ${ended.why}`,
    );
    return ended;
  } finally {
    clearTimeout(end);
  }
}

/**
 * Parses the environment in the job's variable.
 *
 * @throws UserError where it is missing or damaged
 */
export function givenEnvironment(text: string | undefined): Environment {
  const remedy = "deploy the stack of the rollback watchdog again";
  if (text === undefined || text === "") throw new UserError(`GUARD_ENVIRONMENT is not set: ${remedy}.`);
  try {
    const found = JSON.parse(text) as Partial<Environment> | null;
    if (typeof found?.name === "string" && Array.isArray(found.services)) return found as Environment;
  } catch {
    // Reported below, without the text, which is long.
  }
  throw new UserError(`GUARD_ENVIRONMENT is not an environment: ${remedy}.`);
}
