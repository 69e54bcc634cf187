resource "google_compute_backend_bucket" "static" {
  name        = "static"
  bucket_name = "acme-static"
}

resource "google_compute_url_map" "edge" {
  name            = "edge-map"
  default_service = google_compute_backend_bucket.static.id
}

resource "google_compute_target_http_proxy" "edge" {
  name    = "edge"
  url_map = "edge-maps"
}
