resource "google_cloud_scheduler_job" "report" {
  name     = "report"
  region   = "europe-west1"
  schedule = "0 6 * * *"
  http_target {
    uri         = "https://reports.example.com/run"
    http_method = "POST"
    body        = "{\"kind\": \"daily\"}" # base64encode("...")
  }
}
