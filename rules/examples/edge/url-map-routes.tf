resource "google_compute_url_map" "edge" {
  name            = "edge"
  default_service = "projects/acme-dev/global/backendServices/web"
  host_rule {
    hosts        = ["example.com"]
    path_matcher = "api" # there is none of this name
  }
}
