import { type Condition, conditions } from "../../analysis/monitoring/conditions.ts";
import { equalTo, METRIC_TYPE } from "../../analysis/monitoring/filter.ts";
import { logMetricName, logMetricType } from "../../analysis/monitoring/log-metrics.ts";
import { metricsOf, parsePromql } from "../../analysis/promql/parser.ts";
import { missingSeverity, nearestHint } from "../../analysis/references/names.ts";
import type { Graph } from "../../graph/index.ts";
import { promqlName } from "../../platform/operations/promql.ts";
import type { Rule, Violation } from "../rule.ts";

/** An alert on a log-based metric names one that exists. */
export const logMetricMissing: Rule = {
  id: "observability/log-metric-missing",
  why: "An alert on a log-based metric that does not exist is rejected ten minutes into the apply, when the rest exists.",
  limit: "the name of a google_logging_metric, where the input defines any",
  fix: "Build the filter from the name: logging.googleapis.com/user/${google_logging_metric.NAME.name}.",
  source: "https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics",
  *check(graph) {
    for (const condition of conditions(graph)) {
      const { policy, label, filter } = condition;
      yield* inPromql(graph, condition);
      const metric = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
      const name = metric === undefined ? undefined : logMetricName(metric);
      if (name === undefined) continue;
      const target = graph.target(name, ["google_logging_metric"], policy);
      if (target.kind !== "missing") continue;
      yield {
        resource: policy,
        severity: missingSeverity(target),
        message: `${label} watches the log-based metric "${name}"; rejected by the API: it is not defined${nearestHint(target)}.`,
      };
    }
  },
};

/** PromQL accepts a metric that does not exist; without quotes its name has an underscore for every character that PromQL does not know. */
function* inPromql(graph: Graph, { policy, kind, label, block }: Condition): Iterable<Violation> {
  const query = kind === "condition_prometheus_query_language" ? block.string("query") : undefined;
  const names = graph.all("google_logging_metric").map((metric) => metric.string("name"));
  if (query === undefined || names.length === 0) return;
  const known = names.flatMap((name) => (name === undefined ? [] : [logMetricType(name)]));
  if (known.length < names.length || !query.includes("logging")) return;
  const parsed = parsePromql(query);
  for (const asked of "tree" in parsed ? new Set(metricsOf(query, parsed.tree)) : []) {
    if (!/^logging[._]googleapis[._]com[:/]user[_/]/.test(asked)) continue;
    if (known.includes(asked) || known.map(promqlName).includes(asked)) continue;
    yield {
      resource: policy,
      message: `${label} watches ${asked}; fails at run time: no log-based metric here has this name, so it never fires.`,
      fix: `Write one of ${known.map(promqlName).join(", ")}.`,
    };
  }
}
