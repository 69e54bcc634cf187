resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "run" {
  name                     = "run" # not a proxy-only subnet
  region                   = "europe-west1"
  network                  = google_compute_network.main.id
  ip_cidr_range            = "10.8.16.0/24"
  private_ip_google_access = true
}

resource "google_compute_region_target_http_proxy" "internal" {
  name    = "internal"
  region  = "europe-west1"
  url_map = "projects/acme-dev/regions/europe-west1/urlMaps/internal"
}

resource "google_compute_forwarding_rule" "internal" {
  name                  = "internal"
  region                = "europe-west1"
  load_balancing_scheme = "INTERNAL_MANAGED"
  target                = google_compute_region_target_http_proxy.internal.id
  network               = google_compute_network.main.id
  port_range            = "80"
}
