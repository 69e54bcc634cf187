resource "google_compute_target_https_proxy" "edge" {
  name            = "edge"
  url_map         = "projects/acme-dev/global/urlMaps/edge"
  certificate_map = "projects/acme-dev/locations/global/certificateMaps/edge"
  ssl_policy      = "projects/acme-dev/global/sslPolicies/modern"
}
