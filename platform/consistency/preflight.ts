import type { Issue } from "../issue.ts";
import { type Environment, workloads } from "../schema/environment.ts";

/** Where nothing runs, a preflight would check nothing, and say that all is well. */
export function preflights(
  plan: Pick<Environment, "preflight" | "services" | "jobs" | "workerPools">,
): Issue[] {
  if (plan.preflight === undefined || workloads(plan).length > 0) return [];
  return [
    {
      path: ["preflight"],
      value: "set",
      allowed: "it runs as services, jobs and worker pools do, and this environment has none",
      fix: "remove preflight",
      uses: [["services"]],
    },
  ];
}
