resource "google_compute_address" "edge" {
  name   = "edge"
  region = "europe-west1"
}

resource "google_compute_global_forwarding_rule" "https" {
  name                  = "https"
  target                = "projects/acme-dev/global/targetHttpsProxies/edge"
  ip_address            = google_compute_address.edge.id # regional
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
