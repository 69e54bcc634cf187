import { workloads } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

/** Whether the CPU is paid between requests is written, not a consequence of another field. */
export const cpuIdle: Rule = {
  id: "service/cpu-idle",
  why: "With a resources block and without cpu_idle the CPU of a service is always allocated, and billed; without the block it is not.",
  limit: "cpu_idle written wherever resources is",
  fix: "Write cpu_idle = true, or false where work goes on between requests.",
  source: "https://docs.cloud.google.com/run/docs/configuring/billing-settings",
  exampleSeverity: "warning",
  *check(graph) {
    for (const { resource, kind, generation, containers } of workloads(graph)) {
      if (kind !== "service" || generation === 1) continue;
      const unsaid = containers.some((container) =>
        container.block.blocks("resources").some((block) => block.get("cpu_idle") === undefined),
      );
      if (!unsaid) continue;
      yield {
        resource,
        severity: "warning",
        message:
          "resources is written without cpu_idle: the CPU is always allocated, and billed between requests.",
      };
    }
  },
};
