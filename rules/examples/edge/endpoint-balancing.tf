resource "google_compute_network_endpoint_group" "office" {
  name                  = "office"
  zone                  = "europe-west1-b"
  network               = "projects/acme/global/networks/main"
  network_endpoint_type = "NON_GCP_PRIVATE_IP_PORT"
  default_port          = 443
}
resource "google_compute_backend_service" "office" {
  name                  = "office"
  protocol              = "HTTPS"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks         = ["projects/acme/global/healthChecks/office"]
  backend {
    group          = google_compute_network_endpoint_group.office.id
    balancing_mode = "UTILIZATION" # RATE or CONNECTION
  }
}
