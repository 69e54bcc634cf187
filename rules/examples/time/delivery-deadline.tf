resource "google_cloud_scheduler_job" "nightly" {
  name             = "nightly"
  attempt_deadline = "3600s"
  http_target { uri = google_cloud_run_v2_service.api.uri }
}
