import { spawn } from "node:child_process";
import process from "node:process";

/**
 * Terraform kills the program of a provisioner with SIGKILL as soon as it is interrupted, and the terminal sends
 * SIGINT to it besides: nothing could be cancelled. So the work is done by a second process in a session of its own,
 * which hears by a channel that the first one is gone, cancels what it started, and ends.
 */
const WORKER = "PREFLIGHT_GATE_WORKER";

export const isWorker = (): boolean => process.env[WORKER] === "1" && process.send !== undefined;

/** Aborted when the first process is stopped or has exited. */
export function workerSignal(): AbortSignal {
  const stop = new AbortController();
  process.once("disconnect", () => stop.abort());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  return stop.signal;
}

/** Starts this program once more as the worker, and ends with its exit code. */
export function superviseWorker(): Promise<number> {
  return new Promise((resolve, reject) => {
    const [, program = ""] = process.argv;
    const worker = spawn(process.execPath, [...process.execArgv, program], {
      detached: true,
      env: { ...process.env, [WORKER]: "1" },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => {
        if (worker.connected) worker.disconnect();
      });
    worker.on("error", reject);
    worker.on("close", (code) => resolve(code ?? 2));
  });
}
