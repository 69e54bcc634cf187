import { workloads } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

/** A workload scales between two bounds. */
export const instances: Rule = {
  id: "capacity/instances",
  why: "Cloud Run rejects a minimum of instances above the maximum, and a negative one; the provider checks neither.",
  limit: "0 <= min_instance_count <= max_instance_count",
  fix: "Lower the minimum or raise the maximum.",
  source: "https://docs.cloud.google.com/run/docs/configuring/max-instances",
  *check(graph) {
    for (const workload of workloads(graph)) {
      const { resource, kind, scaling } = workload;
      const { min, max, attribute } = scaling;
      const minimum = attribute.replace("max", "min");
      for (const [name, count] of [
        [minimum, min],
        [attribute, max],
      ] as const) {
        if (count === undefined || count >= 0) continue;
        yield { resource, message: `${name} is ${count}; rejected by the API: it must not be negative.` };
      }
      if (kind === "job" || min === undefined || max === undefined || max <= 0 || min <= max) continue;
      yield {
        resource,
        message: `${minimum} is ${min}, above ${attribute} ${max}; rejected by the API: the minimum must not exceed the maximum.`,
      };
    }
  },
};
