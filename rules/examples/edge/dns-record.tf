resource "google_compute_global_address" "edge" {
  name = "edge"
}

resource "google_compute_global_address" "old" {
  name = "old"
}

resource "google_compute_managed_ssl_certificate" "edge" {
  name = "edge"
  managed {
    domains = ["api.example.com"]
  }
}

resource "google_compute_target_https_proxy" "edge" {
  name             = "edge"
  url_map          = "projects/acme-dev/global/urlMaps/edge"
  ssl_certificates = [google_compute_managed_ssl_certificate.edge.id]
  ssl_policy       = "projects/acme-dev/global/sslPolicies/modern"
}

resource "google_compute_global_forwarding_rule" "https" {
  name                  = "https"
  target                = google_compute_target_https_proxy.edge.id
  ip_address            = google_compute_global_address.edge.id
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}

resource "google_dns_record_set" "api" {
  name         = "api.example.com."
  type         = "A"
  ttl          = 300
  managed_zone = "example"
  rrdatas      = [google_compute_global_address.old.address]
}
