resource "google_cloud_scheduler_job" "ping" {
  name     = "ping"
  region   = "europe-west1"
  schedule = "0 6 * * *"
  http_target {
    uri         = "https://shop.example.com/ping"
    http_method = "GET" # has no body
    body        = base64encode("ping")
  }
}
