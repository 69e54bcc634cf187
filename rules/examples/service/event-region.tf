resource "google_storage_bucket" "uploads" {
  name                        = "acme-orders-uploads"
  location                    = "EU"
  uniform_bucket_level_access = true
}
resource "google_eventarc_trigger" "uploaded" {
  name            = "uploaded"
  location        = "europe-west1" # the bucket is in EU
  service_account = "events@acme-orders.iam.gserviceaccount.com"
  matching_criteria {
    attribute = "type"
    value     = "google.cloud.storage.object.v1.finalized"
  }
  matching_criteria {
    attribute = "bucket"
    value     = google_storage_bucket.uploads.name
  }
  destination {
    workflow = "projects/acme-orders/locations/europe-west1/workflows/uploaded"
  }
}
resource "google_project_iam_member" "storage" {
  project = "acme-orders"
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com"
}
