resource "google_monitoring_alert_policy" "example" {
  display_name          = "Example"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.ops.id]
  conditions {
    display_name = "example"
    condition_threshold {
      filter          = "metric.type=\"run.googleapis.com/request_count\" AND resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"apii\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "300s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_RATE"
      }
    }
  }
}

resource "google_monitoring_notification_channel" "ops" {
  type   = "email"
  labels = { email_address = "ops@example.com" }
}

resource "google_service_account" "api" {
  account_id = "api-runtime"
}

resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account = google_service_account.api.email
    containers {
      image = "us-docker.pkg.dev/cloudrun/container/hello"
    }
  }
}
