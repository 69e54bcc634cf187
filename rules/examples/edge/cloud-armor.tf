resource "google_compute_security_policy" "edge" {
  name = "edge"
  type = "CLOUD_ARMOR_EDGE"
}

resource "google_compute_backend_service" "api" {
  name                  = "api"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  security_policy       = google_compute_security_policy.edge.id
  backend {
    group = "projects/acme-dev/zones/europe-west1-b/instanceGroups/api"
  }
}
