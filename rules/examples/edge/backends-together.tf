resource "google_compute_region_network_endpoint_group" "api" {
  name   = "api"
  region = "europe-west1"
  cloud_run {
    service = "api"
  }
}

resource "google_compute_region_network_endpoint_group" "auth" {
  name   = "auth"
  region = "europe-west1"
  cloud_run {
    service = "auth"
  }
}

resource "google_compute_backend_service" "all" {
  name                  = "all"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  backend {
    group = google_compute_region_network_endpoint_group.api.id
  }
  backend {
    group = google_compute_region_network_endpoint_group.auth.id # of the same region
  }
}
