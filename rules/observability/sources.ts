/** Pages that several rules of monitoring cite. */
export const FILTER_DOC = "https://docs.cloud.google.com/monitoring/api/v3/filters";
export const METRICS_DOC = "https://docs.cloud.google.com/monitoring/api/metrics_gcp";
export const CHANNEL_DOC =
  "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannels";
export const DASHBOARD_DOC =
  "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards";
export const LOG_METRIC_DOC =
  "https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics";
