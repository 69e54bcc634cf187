resource "google_compute_url_map" "edge" {
  name            = "edge"
  default_service = "projects/acme-dev/global/backendServices/web"
  host_rule {
    hosts        = ["example.com"]
    path_matcher = "all"
  }
  path_matcher {
    name            = "all"
    default_service = "projects/acme-dev/global/backendServices/web"
    path_rule {
      paths   = ["/api*"]
      service = "projects/acme-dev/global/backendServices/api"
    }
  }
}
