resource "google_service_account" "api" {
  account_id = "api-runtime"
}

resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  ingress  = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  template {
    service_account = google_service_account.api.email
    containers {
      image = "europe-docker.pkg.dev/acme/images/api"
    }
  }
}

resource "google_compute_region_network_endpoint_group" "api" {
  name   = "api"
  region = "us-central1"
  cloud_run {
    service = google_cloud_run_v2_service.api.name
  }
}
