resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "proxies" {
  count         = 2
  name          = "proxies-${count.index}"
  region        = "us-central1"
  network       = google_compute_network.main.id
  ip_cidr_range = cidrsubnet("10.9.0.0/16", 8, count.index)
  purpose       = "REGIONAL_MANAGED_PROXY"
  role          = "ACTIVE"
}
