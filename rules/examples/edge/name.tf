resource "google_compute_url_map" "edge" {
  name            = "Edge_Map"
  default_service = "projects/acme-dev/global/backendServices/api"
}
