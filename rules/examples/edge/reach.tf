resource "google_compute_region_backend_service" "api" {
  name                  = "api"
  region                = "europe-west1"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  backend {
    group = "projects/acme-dev/zones/europe-west1-b/instanceGroups/api"
  }
}

resource "google_compute_url_map" "edge" {
  name            = "edge"
  default_service = google_compute_region_backend_service.api.id
}
