resource "google_compute_global_address" "edge" {
  name = "edge"
}

resource "google_compute_global_forwarding_rule" "https" {
  name                  = "https"
  target                = "projects/acme-dev/global/targetHttpsProxies/edge"
  ip_address            = google_compute_global_address.edge.id
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}

resource "google_compute_global_forwarding_rule" "http" {
  name                  = "http"
  target                = "projects/acme-dev/global/targetHttpProxies/redirect"
  ip_address            = google_compute_global_address.edge.id
  port_range            = "443" # also the port of the HTTPS rule
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
