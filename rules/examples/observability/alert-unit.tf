resource "google_monitoring_alert_policy" "slow" {
  display_name          = "Slow requests"
  combiner              = "OR"
  notification_channels = ["projects/acme/notificationChannels/1234"]
  conditions {
    display_name = "99th percentile above 2 s"
    condition_threshold {
      filter          = "resource.type=\"cloud_run_revision\" AND metric.type=\"run.googleapis.com/request_latencies\""
      comparison      = "COMPARISON_GT"
      threshold_value = 2 # milliseconds
      duration        = "300s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_PERCENTILE_99"
      }
    }
  }
}
