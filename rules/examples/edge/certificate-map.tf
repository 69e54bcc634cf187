resource "google_certificate_manager_certificate_map" "edge" {
  name = "edge" # without a google_certificate_manager_certificate_map_entry
}

resource "google_compute_target_https_proxy" "edge" {
  name            = "edge"
  url_map         = "projects/acme-dev/global/urlMaps/edge"
  certificate_map = "//certificatemanager.googleapis.com/${google_certificate_manager_certificate_map.edge.id}"
  ssl_policy      = "projects/acme-dev/global/sslPolicies/modern"
}

resource "google_compute_global_forwarding_rule" "https" {
  name                  = "https"
  target                = google_compute_target_https_proxy.edge.id
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
