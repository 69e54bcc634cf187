resource "google_monitoring_custom_service" "api" {
  service_id = "api"
}

resource "google_monitoring_slo" "api" {
  service             = google_monitoring_custom_service.api.service_id
  slo_id              = "api-availability"
  goal                = 1
  rolling_period_days = 28
  request_based_sli {
    good_total_ratio {
      bad_service_filter   = "metric.type=\"run.googleapis.com/request_count\" AND resource.type=\"cloud_run_revision\" AND metric.labels.response_code_class=\"5xx\""
      total_service_filter = "metric.type=\"run.googleapis.com/request_count\" AND resource.type=\"cloud_run_revision\""
    }
  }
}
