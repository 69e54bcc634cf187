resource "google_logging_metric" "latency" {
  name   = "latency"
  filter = "jsonPayload.latency_ms:*"
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
  }
}
