import { conflict, form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Description of a metric of one's own. */
export const monitoringMetricDescriptor: ResourceType = {
  type: "google_monitoring_metric_descriptor",
  label: "metric",
  nameAttribute: null,
  fieldRules: [
    {
      id: "observability/metric-descriptor",
      why: "Cloud Monitoring takes metrics below its own prefixes, and sums numbers only; the provider checks neither.",
      source: "https://docs.cloud.google.com/monitoring/custom-metrics/creating-metrics",
      constraints: [
        form("type", /^[a-z]+\.googleapis\.com\/./, {
          form: "a name below custom.googleapis.com/",
          examples: ["custom.googleapis.com/orders/count"],
        }),
        conflict(
          { metric_kind: ["CUMULATIVE", "DELTA"], value_type: ["BOOL", "STRING"] },
          {
            because: "only numbers add up over time",
            fix: 'Set metric_kind = "GAUGE".',
            source: "https://docs.cloud.google.com/monitoring/api/v3/kinds-and-types#kind-type-combos",
          },
        ),
      ],
    },
  ],
};
