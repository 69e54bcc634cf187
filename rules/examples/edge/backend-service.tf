resource "google_compute_backend_service" "api" {
  name                  = "api"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  enable_cdn            = true
  iap {
    enabled = true
  }
  backend {
    group = "projects/acme-dev/zones/europe-west1-b/instanceGroups/api"
  }
}
