resource "google_compute_managed_ssl_certificate" "edge" {
  name = "edge"
  managed {
    domains = ["example.com"]
  }
}

resource "google_compute_url_map" "edge" {
  name            = "edge"
  default_service = "projects/acme-dev/global/backendServices/api"
  host_rule {
    hosts        = ["api.example.com"]
    path_matcher = "api"
  }
  path_matcher {
    name            = "api"
    default_service = "projects/acme-dev/global/backendServices/api"
  }
}

resource "google_compute_target_https_proxy" "edge" {
  name             = "edge"
  url_map          = google_compute_url_map.edge.id
  ssl_certificates = [google_compute_managed_ssl_certificate.edge.id]
  ssl_policy       = "projects/acme-dev/global/sslPolicies/modern"
}
