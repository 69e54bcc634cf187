import type { Resources } from "../support.ts";

type Json = { readonly [key: string]: unknown };

export const requestCount =
  'metric.type="run.googleapis.com/request_count" AND resource.type="cloud_run_revision"';

/** A correct condition on requests of Cloud Run, changed as asked. */
export function threshold(changes: Json = {}): Json {
  return {
    display_name: "errors",
    condition_threshold: {
      filter: requestCount,
      comparison: "COMPARISON_GT",
      threshold_value: 1,
      duration: "300s",
      aggregations: { alignment_period: "60s", per_series_aligner: "ALIGN_RATE" },
      ...changes,
    },
  };
}

/** Resources with one alert policy, `google_monitoring_alert_policy.errors`. */
export function policy(conditions: unknown, rest: Json = {}, others: Resources = {}): Resources {
  return {
    google_monitoring_alert_policy: {
      errors: {
        display_name: "errors",
        combiner: "OR",
        conditions,
        notification_channels: ["projects/acme-dev/notificationChannels/1"],
        ...rest,
      },
    },
    ...others,
  };
}

/** Resources with one policy of one changed threshold condition. */
export function alert(changes: Json = {}, rest: Json = {}, others: Resources = {}): Resources {
  return policy(threshold(changes), rest, others);
}

/** A filter of a metric on a resource. */
export function filter(metric: string, resource: string, more = ""): string {
  return `metric.type="${metric}" AND resource.type="${resource}"${more}`;
}
