resource "google_compute_target_http_proxy" "edge" {
  name                        = "edge"
  url_map                     = "projects/acme-dev/global/urlMaps/edge"
  http_keep_alive_timeout_sec = 1800
}
