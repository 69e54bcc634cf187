resource "google_monitoring_alert_policy" "errors" {
  display_name          = "Errors of the api"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]
  conditions {
    display_name = "errors"
    condition_prometheus_query_language {
      query    = "sum(rate({\"run.googleapis.com/request_count\", response_code_class=\"5xx\"}[5m]) > 1" # a bracket is not closed
      duration = "60s"
    }
  }
}

resource "google_monitoring_notification_channel" "ops" {
  type   = "email"
  labels = { email_address = "ops@example.com" }
}
