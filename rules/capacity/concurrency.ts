import { cpuCount } from "../../analysis/capacity/quantity.ts";
import { type Container, count, workloads } from "../../analysis/workload/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

const LIMIT = cloudRunLimits.concurrency;

/** How many requests one instance takes at a time. */
export const concurrency: Rule = {
  id: "capacity/concurrency",
  why: "Cloud Run takes a concurrency of 1 to 1000, and with less than one CPU exactly 1; the provider checks neither.",
  limit: `1 to ${LIMIT.value} requests per instance; 1 where the CPU is below 1`,
  fix: "Bring the concurrency within its bound, or give the container a whole CPU.",
  source: LIMIT.source,
  *check(graph) {
    for (const { resource, concurrency, containers } of workloads(graph)) {
      const requests = count(concurrency?.value);
      if (concurrency === undefined || requests === undefined) continue;
      const { attribute } = concurrency;
      if (requests < 0 || requests > LIMIT.value)
        yield {
          resource,
          message: `${attribute} is ${requests}; rejected by the API: an instance takes 1 to ${LIMIT.value} requests.`,
        };
      const cpu = totalCpu(containers);
      if (requests > 1 && cpu !== undefined && cpu < 1)
        yield {
          resource,
          message: `${attribute} is ${requests} with ${cpu} CPU; rejected by the API: below 1 CPU an instance takes one request at a time.`,
          fix: `Set ${attribute} = 1, or give the container a whole CPU.`,
        };
    }
  },
};

/** The CPUs of all containers together; undefined where one of them is not set or not known. */
function totalCpu(containers: readonly Container[]): number | undefined {
  const cpus = containers.flatMap(({ cpu }) => cpuCount(cpu) ?? []);
  return cpus.length < containers.length || cpus.length === 0 ? undefined : cpus.reduce((a, b) => a + b);
}
