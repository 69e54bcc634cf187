import { services } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

/** A share of the traffic is a share only where clients do not stick to a revision. */
export const sessionAffinity: Rule = {
  id: "rollout/session-affinity",
  why: "Session affinity keeps a client at its instance and overrides the split: 5% of the traffic is not 5% of the requests, so a canary states nothing.",
  limit: "no percentages between revisions of a service with session affinity",
  fix: "Send all of the traffic at once, after the new revision was tried at its tag, or switch session affinity off while it is split.",
  source: "https://cloud.google.com/run/docs/configuring/session-affinity",
  exampleSeverity: "warning",
  *check(graph) {
    for (const { resource, sessionAffinity, traffic } of services(graph)) {
      if (!sessionAffinity) continue;
      const parts = traffic.flatMap(({ percent = 0 }) => (percent > 0 ? [percent] : []));
      if (parts.length < 2) continue;
      yield {
        resource,
        severity: "warning",
        message: `the traffic is split ${parts.join("/")} with session affinity: clients stay where they are, and the shares do not hold.`,
      };
    }
  },
};
