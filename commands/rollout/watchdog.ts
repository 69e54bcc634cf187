import type { Environment } from "../../platform/schema/environment.ts";
import { UserError } from "../../platform/user-error.ts";
import type { RolloutEvent } from "../../rollout/report/events.ts";
import { type RunResult, run } from "../../rollout/run.ts";
import { gatewayWithoutTerraform } from "../../rollout-adapters/observe-services.ts";
import { sleep } from "../google.ts";
import { googleContext } from "../google-context.ts";
import { rolloutSettings } from "./settings.ts";

/** Milliseconds of one look. The next one begins a minute after it began, and the job is ended at 55 s. */
const LOOK = 50_000;

/** What the watchdog says, one line each, as Cloud Logging reads it. */
export interface WatchdogLine {
  readonly severity: RolloutEvent["severity"];
  readonly message: string;
  readonly guard: { readonly environment: string; readonly service: string | null };
}

/**
 * Looks once: at the ledger, and where nobody iterations any more at the service under traffic. Its only verb is back to stable.
 *
 * @param output beside it lies the ledger of an environment whose states are local
 */
export async function runWatchdog(
  environment: Environment,
  output: string,
  print: (line: WatchdogLine) => void,
): Promise<RunResult> {
  const stop = new AbortController();
  const end = setTimeout(() => stop.abort(), LOOK);
  const say = (severity: WatchdogLine["severity"], message: string, service?: string): void =>
    print({ severity, message, guard: { environment: environment.name, service: service ?? null } });
  try {
    const client = gatewayWithoutTerraform(environment, googleContext(environment), output, stop.signal);
    const ended = await run(client, rolloutSettings(environment, "watchdog"), {
      now: Date.now,
      sleep: (milliseconds) => sleep(milliseconds, stop.signal),
      tell: ({ severity, text, service }) =>
        say(severity, `${service === undefined ? "" : `${service}: `}${text}`, service),
      signal: stop.signal,
    });
    const isBlind = ended.outcome === "interrupted" && ended.ledger === null;
    say(
      isBlind ? "ERROR" : "INFO",
      isBlind ? "the guard of rollouts could not read the ledger" : `${ended.outcome}: ${ended.why}`,
    );
    return ended;
  } finally {
    clearTimeout(end);
  }
}

/**
 * The environment in the variable that the job gives.
 *
 * @throws UserError where it is not there or damaged
 */
export function givenEnvironment(text: string | undefined): Environment {
  const remedy = "deploy the stack of the guard again";
  if (text === undefined || text === "") throw new UserError(`GUARD_ENVIRONMENT is not set: ${remedy}.`);
  try {
    const found = JSON.parse(text) as Partial<Environment> | null;
    if (typeof found?.name === "string" && Array.isArray(found.services)) return found as Environment;
  } catch {
    // Told below; the text itself is long.
  }
  throw new UserError(`GUARD_ENVIRONMENT is no environment: ${remedy}.`);
}
