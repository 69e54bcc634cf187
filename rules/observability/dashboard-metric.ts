import { equalTo, filterOf, METRIC_TYPE, RESOURCE_TYPE } from "../../analysis/monitoring/filter.ts";
import { dashboardOf } from "../../resources/index.ts";
import { metricNamed, misspelled } from "../../resources/metrics.ts";
import type { Rule } from "../rule.ts";
import { METRICS_DOC } from "./sources.ts";

/** Charts show metrics that exist, of resources that report them. */
export const dashboardMetric: Rule = {
  id: "observability/dashboard-metric",
  why: "A chart of a metric that is not reported stays empty, which looks like no traffic.",
  limit: "metric types of Google's list, on a resource type that reports them",
  fix: "Write the metric and resource type of Google's list.",
  source: METRICS_DOC,
  *check(graph) {
    for (const resource of graph.all("google_monitoring_dashboard")) {
      for (const text of new Set(filters(dashboardOf(resource)))) {
        const filter = filterOf(text);
        const type = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
        if (filter === undefined || type === undefined || !isConjunction(text)) continue;
        const meant = misspelled(type);
        if (meant !== undefined)
          yield {
            resource,
            message: `a chart shows ${type}; fails at run time: there is no such metric, and the chart stays empty; the nearest is ${meant}.`,
          };
        const on = equalTo(filter, RESOURCE_TYPE);
        const known = metricNamed(type);
        if (known !== undefined && on !== undefined && !known.resources.includes(on))
          yield {
            resource,
            message: `a chart shows ${type} of ${on}; fails at run time: it is reported by ${known.resources.join(", ")}, and the chart stays empty.`,
          };
      }
    }
  },
};

/** True where everything that the filter names must hold: one that chooses may name several types. */
function isConjunction(filter: string): boolean {
  return !/\b(OR|NOT)\b|[(]|-(?:metric|resource)\./.test(
    filter.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""'),
  );
}

/** Every filter of a query, at any depth; a logs panel has one in another language. */
function* filters(value: unknown): Iterable<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "logsPanel") continue;
    if (key === "filter" && typeof inner === "string") yield inner;
    else yield* filters(inner);
  }
}
