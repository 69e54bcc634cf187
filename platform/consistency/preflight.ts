import type { Issue } from "../issue.ts";
import { checkedServices } from "../preflight/preflight.ts";
import { type Environment, kindOf, workloads } from "../schema/environment.ts";

/** A preflight runs as each service that has something to check; without one it would check nothing, and say that all is well. */
export function preflights(
  plan: Pick<Environment, "preflight" | "services" | "jobs" | "workerPools">,
): Issue[] {
  if (plan.preflight === undefined || checkedServices(plan).length > 0) return [];
  const kinds = [...new Set(workloads(plan).map((workload) => `${kindOf(workload)}s`))];
  return [
    {
      path: ["preflight"],
      value: "set",
      allowed:
        plan.services.length === 0
          ? `it runs as services do, and this environment has only ${kinds.join(" and ") || "neither"}`
          : "no service has a database, a cache, a secret or a dependency, so that there is nothing to check",
      fix: "remove preflight",
      uses: [["services"]],
    },
  ];
}
