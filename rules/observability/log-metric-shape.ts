import { isUnknown, type Resource } from "../../graph/index.ts";
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
      yield* nameAndFilter(metric);
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

const NAME = /^[A-Za-z0-9_.,+!*'()%/-]{1,100}$/;

function* nameAndFilter(metric: Resource): Iterable<Verdict> {
  const name = metric.string("name");
  if (name !== undefined && !NAME.test(name))
    yield {
      resource: metric,
      severity: "error",
      message: `name is "${name}": refused at apply, it is up to 100 letters, digits and _-.,+!*'()%/.`,
      fix: "Write it with hyphens.",
    };
  if (metric.string("filter")?.trim() === "")
    yield {
      resource: metric,
      severity: "error",
      message: "filter is empty: refused at apply, a log-based metric says which entries it counts.",
      fix: "Write the filter of the entries.",
    };
}

function* labels(metric: Resource): Iterable<Verdict> {
  const keys = metric.blocks("metric_descriptor.labels").map((label) => label.string("key"));
  const extractors = metric.get("label_extractors");
  if (keys.includes(undefined) || typeof extractors !== "object" || Array.isArray(extractors)) return;
  if (isUnknown(extractors) || metric.blocks("metric_descriptor").length === 0) return;
  const extracted = Object.keys(extractors);
  const stray = extracted.find((key) => !keys.includes(key));
  const bare = keys.find((key) => key !== undefined && !extracted.includes(key));
  if (stray !== undefined)
    yield {
      resource: metric,
      severity: "error",
      message: `label_extractors extracts "${stray}", which is no label of metric_descriptor: refused at apply.`,
      fix: `Add labels { key = "${stray}" } to metric_descriptor.`,
    };
  else if (bare !== undefined)
    yield {
      resource: metric,
      severity: "error",
      message: `the label "${bare}" of metric_descriptor has no extractor: refused at apply.`,
      fix: `Add ${bare} = "EXTRACT(...)" to label_extractors.`,
    };
}
