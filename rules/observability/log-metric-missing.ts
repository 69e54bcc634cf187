import type { Rule } from "../rule.ts";
import { conditions } from "./conditions.ts";
import { equalTo, METRIC_TYPE } from "./filter.ts";
import { logMetricName } from "./log-metrics.ts";
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
    for (const { policy, label, filter } of conditions(graph)) {
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
