import type { Block, Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import { type Filter, filterOf } from "./filter.ts";

export const CONDITION_KINDS = [
  "condition_threshold",
  "condition_absent",
  "condition_matched_log",
  "condition_monitoring_query_language",
  "condition_prometheus_query_language",
  "condition_sql",
] as const;

export interface Condition {
  readonly policy: Resource;
  readonly kind: (typeof CONDITION_KINDS)[number];
  /** How messages call it. */
  readonly label: string;
  readonly block: Block;
  readonly filter: Filter | undefined;
}

/** Every condition of every alert policy. */
export function conditions(graph: Graph): Condition[] {
  return graph.all("google_monitoring_alert_policy").flatMap(conditionsOf);
}

export function conditionsOf(policy: Resource): Condition[] {
  return policy.blocks("conditions").flatMap((outer) =>
    CONDITION_KINDS.flatMap((kind) =>
      outer.blocks(kind).map((block) => {
        const name = outer.string("display_name");
        const label = name === undefined ? "a condition" : `the condition "${name}"`;
        return { policy, kind, label, block, filter: filterOf(block.get("filter")) };
      }),
    ),
  );
}
