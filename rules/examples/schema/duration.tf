resource "google_cloud_tasks_queue" "mails" {
  name     = "mails"
  location = "europe-west1"

  retry_config {
    max_retry_duration = "1h"
  }
}
