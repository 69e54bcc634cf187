import { randomUUID } from "node:crypto";
import process from "node:process";
import { readGatePlan } from "../gate/read-plan.ts";
import { gateExitCode, gateReport } from "../gate/report.ts";
import { runGate } from "../gate/run-gate.ts";
import { UserError } from "../platform/user-error.ts";
import { isWorker, superviseWorker, workerSignal } from "./gate/worker.ts";
import { google, sleep } from "./google.ts";

const OLDEST_NODE = 20;

/**
 * What Terraform runs as the gate of the stack preflight, bundled as gate.cjs. Exit codes: 0 every critical check
 * passed, 1 one failed, 2 could not check, or interrupted.
 */
async function work(): Promise<number> {
  const signal = workerSignal();
  // The reader has closed the pipe; executions are cancelled nevertheless.
  process.stdout.on("error", () => {});
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    const plan = readGatePlan(process.env.PREFLIGHT_GATE);
    const { api, now, endpoints } = google();
    const context = { api, ...endpoints, now, sleep, log };
    const outcome = await runGate(plan, `gate-${randomUUID()}`, context, signal);
    for (const line of ["", ...gateReport(outcome)]) log(line);
    return gateExitCode(outcome);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log(error.message);
    return 2;
  }
}

/** The bundle is written for Node 20; on an older one it would fail with misleading network errors. */
function isTooOld(): boolean {
  const [major = 0] = process.versions.node.split(".").map(Number);
  return major < OLDEST_NODE;
}

async function refuseOldNode(): Promise<number> {
  console.log(
    `The gate needs Node ${OLDEST_NODE} or newer, and the node on the PATH is ${process.versions.node}: install a newer one, or put it first on the PATH.`,
  );
  return 2;
}

(isTooOld() ? refuseOldNode() : isWorker() ? work() : superviseWorker())
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    console.error(error);
    process.exit(2);
  });
