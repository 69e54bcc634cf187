import type { Block, Graph, Resource } from "../../graph/index.ts";
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

/** A filter of time series that something waits for, and what it means that it finds none. */
export interface Watch extends Pick<Condition, "policy" | "label" | "filter"> {
  readonly silence: string;
}

const INDICATORS = [
  "request_based_sli.good_total_ratio",
  "request_based_sli.distribution_cut",
  "windows_based_sli.good_total_ratio_threshold.performance.good_total_ratio",
] as const;
const FILTERS = [
  "good_service_filter",
  "bad_service_filter",
  "total_service_filter",
  "distribution_filter",
] as const;

/** Filters of conditions, and those of objectives, whose burn rates are 0 where they find nothing. */
export function watches(graph: Graph): Watch[] {
  const counted = graph.all("google_monitoring_slo").flatMap((slo) =>
    INDICATORS.flatMap((path) => slo.blocks(path)).flatMap((block) =>
      FILTERS.filter((name) => block.get(name) !== undefined).map((name) => ({
        policy: slo,
        label: name,
        filter: filterOf(block.get(name)),
        silence: "it counts nothing",
      })),
    ),
  );
  return [...conditions(graph).map((each) => ({ ...each, silence: "it never fires" })), ...counted];
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
