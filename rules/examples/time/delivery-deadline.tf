resource "google_cloud_scheduler_job" "nightly" {
  name             = "nightly"
  attempt_deadline = "3600s"
  http_target { uri = "https://orders.example.com/nightly" }
}
