import process from "node:process";
import { platformPlan } from "../platform/plan.ts";
import { jsonLine } from "../reporting/escape.ts";
import { givenEnvironment, runWatchdog, type WatchdogLine } from "./rollout/watchdog.ts";

const print = (line: Omit<WatchdogLine, "watchdog"> & Partial<WatchdogLine>): void =>
  console.log(jsonLine(line));

/** The container of the watchdog; `npm run rollout -- watchdog ENVIRONMENT` does the same on a developer's machine. */
async function main(): Promise<void> {
  try {
    const { outcome, ledger } = await runWatchdog(
      platformPlan(givenEnvironment(process.env.GUARD_ENVIRONMENT)),
      "",
      print,
    );
    if (outcome === "interrupted" && ledger === null) process.exitCode = 1;
  } catch (error) {
    // One line for the alert.
    const message = error instanceof Error ? error.message : String(error);
    print({ severity: "ERROR", message: `The rollback watchdog failed: ${message}` });
    process.exitCode = 1;
  }
}

// No top-level await: the container's file is CommonJS.
void main();
