resource "google_service_account" "trigger" {
  account_id = "trigger"
}
resource "google_project_iam_member" "storage" {
  project = "acme"
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com"
}
resource "google_eventarc_trigger" "uploads" {
  name            = "uploads"
  location        = "eu"
  service_account = google_service_account.trigger.email # may not receive events
  matching_criteria {
    attribute = "type"
    value     = "google.cloud.storage.object.v1.finalized"
  }
  matching_criteria {
    attribute = "bucket"
    value     = "acme-uploads"
  }
  destination {
    cloud_run_service {
      service = "uploads"
      region  = "europe-west1"
    }
  }
}
