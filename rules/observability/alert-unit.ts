import { conditions } from "../../analysis/monitoring/conditions.ts";
import { equalTo, METRIC_TYPE } from "../../analysis/monitoring/filter.ts";
import { metricNamed } from "../../resources/metrics.ts";
import type { Rule } from "../rule.ts";
import { METRICS_DOC } from "./sources.ts";

/** A latency in milliseconds below this is hardly one that somebody is woken for. */
const LOW = 10;
const COUNTED = /RATE|COUNT|SUM|PERCENT_CHANGE/;

/** A threshold for a latency is written in the unit of the metric. */
export const alertUnit: Rule = {
  id: "observability/alert-unit",
  why: "Latencies of Cloud Run and of load balancers are in milliseconds: an alert at 2, meant as seconds, is always met.",
  limit: `a latency in milliseconds is compared with ${LOW} or more`,
  fix: "Write the threshold in milliseconds, for example 2000.",
  source: METRICS_DOC,
  exampleSeverity: "warning",
  *check(graph) {
    for (const { policy, kind, label, filter, block } of conditions(graph)) {
      const name = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
      if (name === undefined || kind !== "condition_threshold" || metricNamed(name)?.unit !== "ms") continue;
      if (block.get("denominator_filter") || block.string("comparison") !== "COMPARISON_GT") continue;
      const threshold = block.number("threshold_value");
      const aligners = block
        .blocks("aggregations")
        .map((each) => `${each.get("per_series_aligner")} ${each.get("cross_series_reducer")}`);
      if (threshold === undefined || threshold <= 0 || threshold >= LOW) continue;
      // A count of requests is not a latency.
      if (aligners.some((words) => COUNTED.test(words))) continue;
      yield {
        resource: policy,
        severity: "warning",
        message: `${label} waits for ${name} above ${threshold}; fails at run time: the metric is in milliseconds, so nearly every request meets it.`,
        fix: `Write the threshold in milliseconds: ${threshold} s are ${threshold * 1000}.`,
      };
    }
  },
};
