import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";

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

/** Changes that make the condition one on the burn rate of an objective. */
export function burnRate(window: string, threshold_value: number): Json {
  return {
    filter: `select_slo_burn_rate("\${google_monitoring_slo.api.name}", "${window}")`,
    threshold_value,
    aggregations: undefined,
    duration: "0s",
  };
}

/** Resources with one database, `google_sql_database_instance.main`. */
export function database(version: string, database_flags: readonly object[] = []): Resources {
  return {
    google_sql_database_instance: {
      main: { name: "main", database_version: version, settings: { database_flags } },
    },
  };
}

/** What the rule reports of an objective whose bad requests are those of a backend and a label of the metric. */
export function countedBy(rule: Rule, label: string, backend = "edge-api"): string[] {
  const requests =
    'metric.type="loadbalancing.googleapis.com/https/request_count" AND resource.type="https_lb_rule"';
  return check(rule, {
    google_compute_backend_service: { api: { name: "edge-api" } },
    google_monitoring_slo: {
      api: {
        request_based_sli: {
          good_total_ratio: {
            bad_service_filter: `${requests} AND resource.labels.backend_target_name="${backend}" AND metric.labels.${label}`,
            total_service_filter: requests,
          },
        },
      },
    },
  }).map(({ message }) => message);
}
