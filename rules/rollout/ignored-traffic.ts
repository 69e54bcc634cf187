import { ignoresChanges } from "../../analysis/ignored-changes.ts";
import { services } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

/** Ignored traffic is not left alone: it is sent as it was when the plan was made. */
export const ignoredTraffic: Rule = {
  id: "rollout/ignored-traffic",
  why: "The provider sends the whole service at every change: with ignored traffic it sends the split that was read when the plan was made, and brings back a revision that was taken back since.",
  limit: "traffic is not in ignore_changes",
  fix: "Declare the traffic that is known to be good, with the stable revision as a variable.",
  source: "https://github.com/hashicorp/terraform-provider-google/issues/25464",
  exampleSeverity: "warning",
  *check(graph) {
    for (const { resource, generation } of services(graph)) {
      if (generation === 1 || !ignoresChanges(resource, "traffic")) continue;
      yield {
        resource,
        severity: "warning",
        message:
          "the traffic is ignored, and a saved plan writes it back as it was: what was rolled back in between serves again.",
      };
    }
  },
};
