import process from "node:process";
import type { Environment } from "../../platform/schema/environment.ts";
import type { RolloutClient } from "../../rollout/client.ts";
import { type RunResult, run } from "../../rollout/run.ts";
import type { Settings } from "../../rollout/settings.ts";
import { capitalized } from "../../values/words.ts";
import { sleep } from "../google.ts";
import { progress } from "./progress.ts";

/**
 * Runs a rollout to its end, with its events on the terminal. Ctrl-C stops between two iterations.
 *
 * @param now milliseconds since 1970 that all processes agree on: leases and deadlines are compared with it
 */
export async function runRollout(
  client: RolloutClient,
  settings: Settings,
  now: () => number,
  stop: AbortController,
): Promise<RunResult> {
  const view = progress();
  const interrupt = (): void => stop.abort();
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await run(client, settings, {
      now,
      sleep: (milliseconds) => sleep(milliseconds, stop.signal),
      emit: view.emit,
      waiting: view.waiting,
      signal: stop.signal,
    });
  } finally {
    view.end();
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/** The last line, and the exit code. */
export function summaryOf(
  { name, state }: Pick<Environment, "name" | "state">,
  { outcome, why }: RunResult,
): { readonly sentence: string; readonly code: 0 | 1 | 2 } {
  switch (outcome) {
    case "completed":
      return { sentence: `Rolled out: ${why}.`, code: 0 };
    case "idle":
      return { sentence: `Nothing to do: ${why}.`, code: 0 };
    case "interrupted":
      return {
        sentence: `Interrupted. "npm run rollout -- resume ${name}" continues; ${state === undefined ? "until then everything stays as it is: local states have no rollback watchdog" : "otherwise the rollback watchdog restores stable when the lease has expired (rollout.lease)"}.`,
        code: 2,
      };
    case "held":
      return {
        sentence: `Another process rolls out: ${why}. Wait for the end, or "npm run rollout -- abort ${name}".`,
        code: 2,
      };
    default:
      return { sentence: `${capitalized(outcome)}: ${why}`, code: 1 };
  }
}
