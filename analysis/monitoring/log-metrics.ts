import type { Graph, Resource } from "../../graph/index.ts";
import type { Metric } from "../../resources/metrics.ts";

const PREFIX = "logging.googleapis.com/user/";

/** The name of the log-based metric in a metric type; undefined for any other metric, and for one that a log bucket owns. */
export function logMetricName(type: string): string | undefined {
  const name = type.startsWith(PREFIX) ? type.slice(PREFIX.length) : "";
  return name === "" || name.includes("/") ? undefined : name;
}

export function logMetricType(name: string): string {
  return `${PREFIX}${name}`;
}

/** How a log-based metric of the input is measured. */
export function logMetric(
  graph: Graph,
  type: string,
  from: Resource,
): Pick<Metric, "kind" | "value"> | undefined {
  const name = logMetricName(type);
  if (name === undefined) return undefined;
  const target = graph.target(name, ["google_logging_metric"], from);
  if (target.kind !== "resource") return undefined;
  const value = target.resource.get("metric_descriptor.value_type");
  if (value !== undefined && typeof value !== "string") return undefined;
  return { kind: "DELTA", value: value === "DISTRIBUTION" ? "DISTRIBUTION" : "NUMBER" };
}
