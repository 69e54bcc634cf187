resource "google_compute_url_map" "redirect" {
  name = "redirect"
  default_url_redirect {
    https_redirect = true
    strip_query    = false
  }
}

resource "google_compute_target_https_proxy" "edge" {
  name             = "edge"
  url_map          = google_compute_url_map.redirect.id
  ssl_certificates = ["projects/acme-dev/global/sslCertificates/edge"]
  ssl_policy       = "projects/acme-dev/global/sslPolicies/modern"
}
