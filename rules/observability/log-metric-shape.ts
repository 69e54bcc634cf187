import type { Resource } from "../graph/graph.ts";
import type { Rule, Verdict } from "../rule.ts";
import { LOG_METRIC_DOC } from "./sources.ts";

/** A log-based metric counts entries or measures a value in them. */
export const logMetricShape: Rule = {
  id: "observability/log-metric-shape",
  why: "A log-based metric is a DELTA that counts or measures: a distribution needs a value to extract, and each label an extractor.",
  limit: "metric_kind DELTA; DISTRIBUTION with value_extractor; label_extractors for exactly the labels",
  fix: "Set metric_kind to DELTA, and add the missing extractor.",
  source: LOG_METRIC_DOC,
  example: `metric_descriptor {
  metric_kind = "DELTA"
  value_type  = "DISTRIBUTION"
} # no value_extractor`,
  *check(graph) {
    for (const metric of graph.all("google_logging_metric")) {
      const descriptor = metric.blocks("metric_descriptor")[0];
      if (descriptor === undefined) continue;
      const kind = descriptor.string("metric_kind");
      if (kind && kind !== "DELTA")
        yield {
          resource: metric,
          severity: "error",
          message: `metric_kind is ${kind}: refused at apply, a log-based metric is DELTA.`,
        };
      const extractor = metric.get("value_extractor");
      if (descriptor.string("value_type") === "DISTRIBUTION" && (extractor === undefined || extractor === ""))
        yield {
          resource: metric,
          severity: "error",
          message: "value_type is DISTRIBUTION without value_extractor: refused at apply.",
          fix: "Add value_extractor, or count entries with INT64.",
        };
      const type = descriptor.string("value_type");
      if (type && ["STRING", "BOOL", "MONEY"].includes(type))
        yield {
          resource: metric,
          severity: "error",
          message: `value_type is ${type}: refused at apply, a log-based metric counts or measures.`,
          fix: "Write INT64 to count entries, DISTRIBUTION to measure a value in them.",
        };
      if (typeof extractor === "string" && extractor !== "" && !/^\s*(REGEXP_)?EXTRACT\(/.test(extractor))
        yield {
          resource: metric,
          severity: "error",
          message: `value_extractor is "${extractor}": refused at apply, it is EXTRACT(field) or REGEXP_EXTRACT(field, "...").`,
          fix: `Write "EXTRACT(${extractor})".`,
        };
      yield* labels(metric);
    }
  },
};

function* labels(metric: Resource): Iterable<Verdict> {
  const keys = metric.blocks("metric_descriptor.labels").map((label) => label.string("key"));
  const extractors = metric.get("label_extractors");
  if (keys.includes(undefined) || typeof extractors !== "object" || Array.isArray(extractors)) return;
  const stray = Object.keys(extractors).find((key) => !keys.includes(key));
  if (stray === undefined || metric.blocks("metric_descriptor").length === 0) return;
  yield {
    resource: metric,
    severity: "error",
    message: `label_extractors extracts "${stray}", which is no label of metric_descriptor: refused at apply.`,
    fix: `Add labels { key = "${stray}" } to metric_descriptor.`,
  };
}
