resource "google_cloud_scheduler_job" "nightly" {
  name     = "nightly"
  region   = "europe-west1"
  schedule = "0 0 24 * * *"
  http_target {
    http_method = "POST"
    uri         = "https://example.com/nightly"
  }
}
