resource "google_compute_region_network_endpoint_group" "partner" {
  name                  = "partner"
  region                = "europe-west1"
  network_endpoint_type = "PRIVATE_SERVICE_CONNECT"
  psc_target_service    = "projects/partner/regions/europe-west1/serviceAttachments/api"
  network               = "projects/acme/global/networks/main"
  subnetwork            = "projects/acme/regions/europe-west1/subnetworks/main"
}
resource "google_compute_backend_service" "partner" {
  name                  = "partner"
  protocol              = "HTTPS"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks         = ["projects/acme/global/healthChecks/web"] # not with a PRIVATE_SERVICE_CONNECT backend
  backend {
    group = google_compute_region_network_endpoint_group.partner.id
  }
}
