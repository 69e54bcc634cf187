import { conditions } from "../../analysis/monitoring/conditions.ts";
import { equalTo, METRIC_TYPE, mentions, RESOURCE_TYPE } from "../../analysis/monitoring/filter.ts";
import { monitoringLimits } from "../../resources/limits.ts";
import { metricNamed, misspelled } from "../../resources/metrics.ts";
import type { Rule } from "../rule.ts";
import { FILTER_DOC } from "./sources.ts";

/** https://docs.cloud.google.com/stackdriver/docs/solutions/slo-monitoring/api/timeseries-selectors */
const SLO_FUNCTIONS = [
  "select_slo_burn_rate",
  "select_slo_health",
  "select_slo_compliance",
  "select_slo_budget",
  "select_slo_budget_fraction",
  "select_slo_budget_total",
  "select_slo_counts",
];

/** A filter names a metric that exists, and the resource that reports it. */
export const alertFilter: Rule = {
  id: "observability/alert-filter",
  why: "Cloud Monitoring rejects a condition that does not name the metric and the resource that it watches, or names a metric that does not exist.",
  limit: `metric.type and resource.type, ${monitoringLimits.filterLength.value} characters`,
  fix: 'Write both, for example metric.type="run.googleapis.com/request_count" AND resource.type="cloud_run_revision".',
  source: FILTER_DOC,
  *check(graph) {
    for (const { policy: resource, kind, label, filter } of conditions(graph)) {
      if (filter === undefined || (kind !== "condition_threshold" && kind !== "condition_absent")) continue;
      const metric = equalTo(filter, METRIC_TYPE);
      // Service objectives are watched through a function of their own.
      if (filter.whole && !mentions(filter, /select_slo_/)) {
        for (const [name, pattern] of [
          ["metric.type", METRIC_TYPE],
          ["resource.type", RESOURCE_TYPE],
        ] as const) {
          if (mentions(filter, pattern) || (name === "resource.type" && mentions(filter, /group\.id/)))
            continue;
          yield {
            resource,
            message: `the filter of ${label} has no ${name}; rejected by the API: it must name one.`,
          };
        }
      }
      const [, called] = /^\s*(select_slo_\w+)\s*\(/.exec(filter.text) ?? [];
      if (called !== undefined && !SLO_FUNCTIONS.includes(called))
        yield {
          resource,
          message: `the filter of ${label} calls ${called}; rejected by the API: it is none of ${SLO_FUNCTIONS.join(", ")}.`,
          fix: "Write for example select_slo_burn_rate(NAME, LOOKBACK).",
        };
      const longest = monitoringLimits.filterLength.value;
      if (filter.text.length > longest)
        yield {
          resource,
          message: `the filter of ${label} has ${filter.text.length} characters; rejected by the API: it must have at most ${longest}.`,
          fix: "Shorten the filter or split the condition.",
        };
      if (metric === undefined) continue;
      const meant = misspelled(metric);
      if (meant !== undefined)
        yield {
          resource,
          message: `${label} watches "${metric}"; rejected by the API: there is no such metric; the nearest is "${meant}".`,
          fix: `Watch "${meant}".`,
        };
      const known = metricNamed(metric);
      const reporter = equalTo(filter, RESOURCE_TYPE);
      if (known === undefined || reporter === undefined || known.resources.includes(reporter)) continue;
      yield {
        resource,
        message: `${label} watches ${metric} on resource.type "${reporter}"; rejected by the API, or never fires: it is reported by ${known.resources.join(", ")}.`,
        fix: `Write resource.type="${known.resources[0]}".`,
      };
    }
  },
};
