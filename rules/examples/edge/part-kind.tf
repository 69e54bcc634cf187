resource "google_compute_region_network_endpoint_group" "api" {
  name   = "api"
  region = "europe-west1"
  cloud_run {
    service = "api"
  }
}

resource "google_compute_url_map" "edge" {
  name            = "edge"
  default_service = google_compute_region_network_endpoint_group.api.id # not a backend service
}
