resource "google_cloud_run_v2_service" "orders" {
  name     = "orders"
  location = "europe-west1"
  template {
    service_account = "orders@acme.iam.gserviceaccount.com"
    containers {
      image = "europe-west1-docker.pkg.dev/acme/images/orders:1"
    }
  }
}
resource "google_eventarc_trigger" "orders" {
  name            = "orders"
  location        = "europe-west1"
  service_account = "eventarc@acme.iam.gserviceaccount.com"
  matching_criteria {
    attribute = "type"
    value     = "google.cloud.pubsub.topic.v1.messagePublished"
  }
  destination {
    cloud_run_service {
      service = google_cloud_run_v2_service.orders.name
      region  = "europe-west4" # the service is in europe-west1
    }
  }
}
