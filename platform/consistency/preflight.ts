import type { Issue } from "../issue.ts";
import { type Environment, kindOf, workloads } from "../schema/environment.ts";

/** A preflight runs as services do; without one it would check nothing, and say that all is well. */
export function preflights(
  plan: Pick<Environment, "preflight" | "services" | "jobs" | "workerPools">,
): Issue[] {
  if (plan.preflight === undefined || plan.services.length > 0) return [];
  const kinds = [...new Set(workloads(plan).map((workload) => `${kindOf(workload)}s`))];
  return [
    {
      path: ["preflight"],
      value: "set",
      allowed: `it runs as services do, and this environment has ${kinds.length === 0 ? "none" : `only ${kinds.join(" and ")}`}`,
      fix: "remove preflight",
      uses: [["services"]],
    },
  ];
}
