import { hasRedisPool, hasSqlPool } from "../../analysis/capacity/pools.ts";
import { textOf } from "../../analysis/references/text.ts";
import { workloads } from "../../analysis/workload/index.ts";
import { overlappingRevisions } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

/** The budgets of connections count two revisions at once. */
export const overlap: Rule = {
  id: "rollout/overlap",
  why: "Connections of databases and caches are counted for an old and a new revision; a third one with traffic opens its pools next to them, up to its own maximum of instances.",
  limit: `${overlappingRevisions.value} revisions with traffic`,
  fix: "End one rollout before the next one, so that two revisions share the traffic.",
  source: overlappingRevisions.source,
  exampleSeverity: "warning",
  *check(graph) {
    for (const workload of workloads(graph)) {
      if (!hasSqlPool(workload) && !hasRedisPool(workload)) continue;
      const names = new Set(
        workload.traffic.flatMap(({ percent = 0, revision = "the newest" }) =>
          percent > 0 ? [textOf(revision) ?? "?"] : [],
        ),
      );
      if (names.size <= overlappingRevisions.value) continue;
      yield {
        resource: workload.resource,
        severity: "warning",
        message: `${names.size} revisions have traffic (${[...names].join(", ")}), and each opens its pools; the budgets of connections hold for ${overlappingRevisions.value}.`,
      };
    }
  },
};
