import { services } from "../../analysis/workload/index.ts";
import { plural } from "../../values/words.ts";
import type { Rule } from "../rule.ts";

/** A minimum of the revision starts instances of each one that traffic or a tag names. */
export const minimumInstances: Rule = {
  id: "rollout/minimum-instances",
  why: "A minimum on the revision is kept by every revision with traffic or a tag: one at 0%, or one that was taken back, runs, costs and holds its connections like the one that serves.",
  limit: "with pinned or tagged traffic the minimum is on the service",
  fix: "Write the minimum as scaling.min_instance_count of the service, not of its template.",
  source: "https://cloud.google.com/run/docs/configuring/min-instances",
  exampleSeverity: "warning",
  *check(graph) {
    for (const { resource, scaling, traffic } of services(graph)) {
      const { min = 0 } = scaling;
      // One entry means one revision, pinned or not.
      if (min === 0 || traffic.length < 2) continue;
      const idle = traffic.filter(({ percent, tag }) => percent === 0 && tag !== undefined);
      if (idle.length === 0) continue;
      yield {
        resource,
        severity: "warning",
        message: `each revision keeps ${plural(min, "instance")} running, and ${idle.map(({ tag }) => `"${tag}"`).join(", ")} has no traffic: a revision behind a tag runs all the same.`,
      };
    }
  },
};
