import { type Condition, conditions } from "../../analysis/monitoring/conditions.ts";
import { equalTo, METRIC_TYPE } from "../../analysis/monitoring/filter.ts";
import { logMetric } from "../../analysis/monitoring/log-metrics.ts";
import { type Graph, isUnknown } from "../../graph/index.ts";
import { monitoringLimits } from "../../resources/limits.ts";
import { type Metric, metricNamed } from "../../resources/metrics.ts";
import type { Rule } from "../rule.ts";

type Measured = Pick<Metric, "kind" | "value">;

const OF_DISTRIBUTIONS = /^ALIGN_(NONE|DELTA|SUM|COUNT|PERCENTILE_\d\d)$/;
const OF_BOOLEANS = /^ALIGN_(NONE|NEXT_OLDER|COUNT|COUNT_TRUE|COUNT_FALSE|FRACTION_TRUE)$/;
const OF_CHANGES = /^ALIGN_(DELTA|RATE)$/;
const OF_STATES = /^ALIGN_(INTERPOLATE|NEXT_OLDER)$/;
const ONLY_BOOLEANS = /^ALIGN_(COUNT_TRUE|COUNT_FALSE|FRACTION_TRUE)$/;

/** The aligner fits the kind and value type of the metric. */
export const alertAligner: Rule = {
  id: "observability/alert-aligner",
  why: "A distribution has no mean to compare with, and a gauge no rate: Cloud Monitoring rejects an aligner that does not fit the metric.",
  limit:
    "distributions: ALIGN_PERCENTILE_..., ALIGN_DELTA; counters: not INTERPOLATE, NEXT_OLDER; gauges: not ALIGN_DELTA, ALIGN_RATE",
  fix: "Use ALIGN_PERCENTILE_99 for latencies and utilizations, ALIGN_RATE or ALIGN_DELTA for counts, ALIGN_MEAN or ALIGN_MAX for gauges.",
  source: monitoringLimits.alignmentLow.source,
  *check(graph) {
    for (const condition of conditions(graph)) {
      const { policy, kind, label, block } = condition;
      if (kind !== "condition_threshold" && kind !== "condition_absent") continue;
      const measured = measuredBy(graph, condition);
      if (
        measured === undefined ||
        isUnknown(block.get("aggregations")) ||
        block.get("dynamic") !== undefined
      )
        continue;
      const { name, metric } = measured;
      const first = block.blocks("aggregations")[0];
      const aligner = first === undefined ? "ALIGN_NONE" : alignerOf(first.get("per_series_aligner"));
      if (aligner === undefined) continue;
      const reduced = /PERCENTILE|COUNT|MEAN|STDDEV/.test(first?.string("cross_series_reducer") ?? "");
      if (
        metric.value === "DISTRIBUTION" &&
        aligner === "ALIGN_NONE" &&
        kind === "condition_threshold" &&
        !reduced
      )
        yield {
          resource: policy,
          message: `${label} compares ${name} without an aligner; rejected by the API: a distribution must be aligned to a number.`,
        };
      else if (!fits(metric, aligner))
        yield {
          resource: policy,
          message: `${label} aligns ${name} with ${aligner}; rejected by the API: it is a ${metric.kind} ${metric.value}.`,
        };
    }
  },
};

function measuredBy(
  graph: Graph,
  { policy, filter }: Condition,
): { name: string; metric: Measured } | undefined {
  const name = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
  if (name === undefined) return undefined;
  const metric = metricNamed(name) ?? logMetric(graph, name, policy);
  return metric === undefined ? undefined : { name, metric };
}

function alignerOf(value: unknown): string | undefined {
  if (value === undefined || value === "") return "ALIGN_NONE";
  return typeof value === "string" ? value : undefined;
}

function fits({ kind, value }: Measured, aligner: string): boolean {
  if (value === "DISTRIBUTION") return OF_DISTRIBUTIONS.test(aligner);
  if (value === "BOOL") return OF_BOOLEANS.test(aligner);
  if (ONLY_BOOLEANS.test(aligner)) return false;
  return kind === "GAUGE"
    ? !OF_CHANGES.test(aligner)
    : !OF_STATES.test(aligner) && !/PERCENTILE_/.test(aligner);
}
