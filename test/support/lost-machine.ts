import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";

/** Ends a deployment and the Terraform that it has started, which has a session of its own, as if their machine were gone. */
export function loseMachine(deployment: ChildProcess): void {
  const { pid, exitCode, signalCode } = deployment;
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  const programs = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  deployment.kill("SIGKILL");
  for (const program of programs) {
    try {
      process.kill(-Number(program), "SIGKILL");
    } catch {
      // No group of its own, as a bundler: it ends with the deployment.
    }
  }
}
