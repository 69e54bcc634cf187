/** Pages that several rules of monitoring cite. */
export const FILTER_DOC = "https://docs.cloud.google.com/monitoring/api/v3/filters";
export const METRICS_DOC = "https://docs.cloud.google.com/monitoring/api/metrics_gcp";
