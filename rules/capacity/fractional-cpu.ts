import { cpuCount } from "../../analysis/capacity/quantity.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

/** Less than one CPU goes with the first generation and request-based billing only. */
export const fractionalCpu: Rule = {
  id: "capacity/fractional-cpu",
  why: "Less than one CPU exists in the first generation execution environment and with CPU during requests only: not in jobs and worker pools.",
  limit: "below 1 CPU: neither EXECUTION_ENVIRONMENT_GEN2 nor cpu_idle = false",
  fix: 'Write cpu = "1", or leave execution_environment out and set cpu_idle = true.',
  source: "https://docs.cloud.google.com/run/docs/configuring/services/cpu",
  *check(graph) {
    for (const { resource, containers, executionEnvironment, cpuAlwaysAllocated } of workloads(graph)) {
      // Of several containers each may have a part of the CPU.
      const [container, ...sidecars] = containers;
      if (container === undefined || sidecars.length > 0) continue;
      const cpu = cpuCount(container.cpu);
      if (cpu === undefined || cpu >= 1) continue;
      if (executionEnvironment === "second")
        yield {
          resource,
          message: `cpu is ${cpu}; rejected by the API: the second generation execution environment takes 1 CPU or more.`,
        };
      if (cpuAlwaysAllocated)
        yield {
          resource,
          message: `cpu is ${cpu} and always allocated; rejected by the API: less than 1 CPU is allocated during requests only.`,
        };
    }
  },
};
