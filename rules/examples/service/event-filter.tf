resource "google_eventarc_trigger" "uploads" {
  name            = "uploads"
  location        = "europe-west1"
  service_account = "uploads@acme-orders.iam.gserviceaccount.com"
  matching_criteria {
    attribute = "type"
    value     = "google.storage.object.finalize" # google.cloud.storage.object.v1.finalized
  }
  destination {
    workflow = "projects/acme-orders/locations/europe-west1/workflows/uploads"
  }
}
