resource "google_cloudfunctions2_function" "import" {
  name     = "import"
  location = "us-central1"
  build_config {
    runtime     = "nodejs22"
    entry_point = "run"
  }
  service_config {
    timeout_seconds       = 3600
    service_account_email = "import@acme.iam.gserviceaccount.com"
  }
  event_trigger { event_type = "google.cloud.pubsub.topic.v1.messagePublished" }
}
