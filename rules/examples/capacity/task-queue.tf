resource "google_cloud_tasks_queue" "mail" {
  name     = "mail"
  location = "europe-west1"
  retry_config {
    min_backoff = "600s"
    max_backoff = "60s" # below min_backoff
  }
}
