import { type Attributes, isSet } from "../attributes.ts";
import { atMostOneOf, choice, custom, form, required } from "../constraints/index.ts";
import { loggingFilter } from "../logging-filter.ts";
import type { ResourceType } from "../resource-type.ts";
import { viewImpact } from "./monitoring-view.ts";

const EXTRACTOR = /^\s*(REGEXP_)?EXTRACT\(/;

/** Log-based metric. */
export const loggingMetric: ResourceType = {
  type: "google_logging_metric",
  label: "log-based metric",
  nameScope: "project",
  requiredRole: "roles/logging.configWriter",
  deleteImpact: viewImpact,
  fieldRules: [
    loggingFilter("filter"),
    {
      id: "observability/log-metric-shape",
      why: "A log-based metric is a DELTA that counts or measures: a distribution needs a value to extract, and each label an extractor.",
      fix: "Set metric_kind to DELTA, and add the missing extractor.",
      source: "https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics",
      constraints: [
        form("name", /^[A-Za-z0-9_.,+!*'()%/-]{1,100}$/, {
          form: "1 to 100 letters, digits and _-.,+!*'()%/",
          examples: ["socket-errors"],
        }),
        custom("filter not empty", function* (metric) {
          if (metric.string("filter")?.trim() === "")
            yield {
              found: "filter is empty",
              because: "a log-based metric needs to know which entries it counts",
              fix: 'Write the filter of the entries, for example "severity>=ERROR".',
            };
        }),
        atMostOneOf(["linear_buckets", "exponential_buckets", "explicit_buckets"], {
          within: "bucket_options",
          because: "a distribution has buckets of one kind",
        }),
        choice("metric_kind", ["DELTA"], { within: "metric_descriptor" }),
        choice("value_type", ["INT64", "DOUBLE", "DISTRIBUTION"], { within: "metric_descriptor" }),
        required(["value_extractor"], {
          when: { "metric_descriptor.value_type": ["DISTRIBUTION"] },
          because: "a distribution is made of extracted values",
          fix: 'Add value_extractor, for example "EXTRACT(jsonPayload.latency_ms)", or count entries with INT64.',
        }),
        form("value_extractor", EXTRACTOR, {
          form: "EXTRACT(field) or REGEXP_EXTRACT(field, regexp)",
          examples: ["EXTRACT(jsonPayload.latency_ms)"],
        }),
        custom("one of label_extractors for each label of metric_descriptor", labels),
      ],
    },
  ],
};

function* labels(metric: Attributes) {
  const keys = metric.blocks("metric_descriptor.labels").map((label) => label.string("key"));
  const extractors = metric.isUnknown("label_extractors")
    ? undefined
    : (metric.get("label_extractors") ?? {});
  if (
    typeof extractors !== "object" ||
    extractors === null ||
    keys.includes(undefined) ||
    !isSet(metric, "metric_descriptor")
  )
    return;
  const extracted = Object.keys(extractors);
  for (const [label, extractor] of Object.entries(extractors))
    if (typeof extractor === "string" && !EXTRACTOR.test(extractor))
      yield {
        found: `label_extractors.${label} is "${extractor}"`,
        because: "a label is extracted from the entries",
        fix: `Write for example "EXTRACT(${/^[\w.]+$/.test(extractor) ? extractor : `jsonPayload.${label}`})".`,
      };
  const undeclared = extracted.find((key) => !keys.includes(key));
  const missing = keys.find((key) => key !== undefined && !extracted.includes(key));
  if (undeclared !== undefined)
    yield {
      found: `label_extractors has "${undeclared}"`,
      because: "metric_descriptor has no such label",
      fix: `Add labels { key = "${undeclared}" } to metric_descriptor.`,
    };
  else if (missing !== undefined)
    yield {
      found: `label_extractors has no "${missing}"`,
      because: "metric_descriptor has this label",
      fix: `Add ${missing} = "EXTRACT(jsonPayload.${missing})" to label_extractors.`,
    };
}
