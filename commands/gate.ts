import { randomUUID } from "node:crypto";
import process from "node:process";
import { readGatePlan } from "../gate/read-plan.ts";
import { gateExitCode, gateReport } from "../gate/report.ts";
import { runGate } from "../gate/run-gate.ts";
import { UserError } from "../platform/sentence.ts";
import { isWorker, superviseWorker, workerSignal } from "./gate/worker.ts";
import { google, sleep } from "./google.ts";

/**
 * What Terraform runs as the gate of the stack preflight, bundled as gate.cjs. Exit codes: 0 every critical check
 * passed, 1 one failed, 2 could not look, or interrupted.
 */
async function work(): Promise<number> {
  const signal = workerSignal();
  // Whoever read the lines has gone; executions are cancelled all the same.
  process.stdout.on("error", () => {});
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    const plan = readGatePlan(process.env.PREFLIGHT_GATE);
    const { api, endpoints } = google();
    const around = { api, ...endpoints, now: Date.now, sleep, say };
    const outcome = await runGate(plan, `gate-${randomUUID()}`, around, signal);
    for (const line of ["", ...gateReport(outcome)]) say(line);
    return gateExitCode(outcome);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say(error.message);
    return 2;
  }
}

(isWorker() ? work() : superviseWorker())
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    console.error(error);
    process.exit(2);
  });
