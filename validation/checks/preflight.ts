import type { SymptomId } from "../../platform/operations/symptoms.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { checkedWorkloads } from "../../platform/preflight/preflight.ts";
import type { PreflightCategory, PreflightResult } from "../../platform/preflight/preflight-result.ts";
import type { Category, Result, Task } from "../check.ts";

export interface Preflight {
  /**
   * Runs the preflight job of a service inside the network, and waits for its end.
   *
   * @returns its results
   * @throws UserError where it cannot run, or logs no results
   */
  run(service: string, signal: AbortSignal): Promise<readonly PreflightResult[]>;
}

/** The preflights from inside the network, each with the own path, identity and secrets. */
export function preflightTasks(
  plan: Pick<PlatformPlan, "services" | "jobs" | "workerPools" | "preflight">,
  preflight: Preflight,
): Task[] {
  return checkedWorkloads(plan).map(({ name }) => ({
    title: `preflight of ${name}`,
    run: async (signal) => (await preflight.run(name, signal)).map(toResult),
  }));
}

function toResult(line: PreflightResult): Result {
  return {
    category: line.critical ? homes[line.category].category : "advice",
    subject: `${line.service}: ${line.check}`,
    status: line.status,
    why: line.why,
    fault: line.status === "failed" ? (line.fault ?? "infrastructure") : null,
    symptom: line.status === "failed" ? homes[line.category].symptom : null,
    seconds: line.seconds,
  };
}

const homes: Readonly<Record<PreflightCategory, { category: Category; symptom: SymptomId }>> = {
  settings: { category: "contract", symptom: "start-up-timeouts" },
  secrets: { category: "connectivity", symptom: "preflight-failing" },
  names: { category: "connectivity", symptom: "redis-error-3" },
  network: { category: "connectivity", symptom: "connector-at-its-maximum" },
  certificates: { category: "certificates", symptom: "wrong-certificate" },
  database: { category: "database", symptom: "socket-connection-failed" },
  cache: { category: "connectivity", symptom: "redis-error-3" },
  dependencies: { category: "connectivity", symptom: "preflight-failing" },
  egress: { category: "connectivity", symptom: "nat-ports-exhausted" },
  services: { category: "advice", symptom: "503-with-healthy-containers" },
  contract: { category: "contract", symptom: "start-up-timeouts" },
};
