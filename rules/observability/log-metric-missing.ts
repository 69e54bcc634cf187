import type { Graph } from "../../graph/index.ts";
import { promqlName } from "../../platform/operations/promql.ts";
import type { Rule, Verdict } from "../rule.ts";
import { type Condition, conditions } from "./conditions.ts";
import { equalTo, METRIC_TYPE } from "./filter.ts";
import { logMetricName, logMetricType } from "./log-metrics.ts";
import { LOG_METRIC_DOC } from "./sources.ts";

/** An alert on a log-based metric names one that exists. */
export const logMetricMissing: Rule = {
  id: "observability/log-metric-missing",
  why: "An alert on a log-based metric that does not exist is refused at apply, ten minutes after the rest was made.",
  limit: "the name of a google_logging_metric, where the input defines any",
  fix: "Build the filter from the name: logging.googleapis.com/user/${google_logging_metric.NAME.name}.",
  source: LOG_METRIC_DOC,
  example: `condition_threshold {
  filter = "metric.type=\\"logging.googleapis.com/user/socket-erors\\" AND resource.type=\\"cloud_run_revision\\""
}
# google_logging_metric.errors is named "socket-errors"`,
  *check(graph) {
    for (const condition of conditions(graph)) {
      const { policy, label, filter } = condition;
      yield* inPromql(graph, condition);
      const metric = filter === undefined ? undefined : equalTo(filter, METRIC_TYPE);
      const name = metric === undefined ? undefined : logMetricName(metric);
      if (name === undefined) continue;
      const target = graph.target(name, ["google_logging_metric"], policy);
      if (target.kind !== "missing") continue;
      const nearest = target.nearest === undefined ? "" : `; the nearest is ${target.nearest.address}`;
      yield {
        resource: policy,
        severity: "error",
        message: `${label} watches the log-based metric "${name}", which is not defined here${nearest}: refused at apply.`,
      };
    }
  },
};

/** PromQL spells every sign that it does not know as an underscore, and takes a metric that is not there. */
function* inPromql(graph: Graph, { policy, label, block }: Condition): Iterable<Verdict> {
  const query = block.string("query");
  const names = graph.all("google_logging_metric").map((metric) => metric.string("name"));
  if (query === undefined || names.length === 0) return;
  const known = names.flatMap((name) => (name === undefined ? [] : [promqlName(logMetricType(name))]));
  if (known.length < names.length) return;
  for (const [asked] of query.matchAll(/\blogging_googleapis_com:user_\w+/g)) {
    if (known.includes(asked)) continue;
    yield {
      resource: policy,
      severity: "error",
      message: `${label} watches ${asked}, but no log-based metric here is called so: breaks at run time, it never fires.`,
      fix: `Write one of ${known.join(", ")}.`,
    };
  }
}
