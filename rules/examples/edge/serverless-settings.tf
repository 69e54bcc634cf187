resource "google_compute_region_network_endpoint_group" "api" {
  name   = "api"
  region = "europe-west1"
  cloud_run {
    service = "api"
  }
}

resource "google_compute_backend_service" "api" {
  name                  = "api"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  timeout_sec           = 600
  backend {
    group = google_compute_region_network_endpoint_group.api.id
  }
}
