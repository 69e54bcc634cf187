resource "google_compute_network" "shared" {
  name                    = "shared"
  project                 = "acme-host"
  auto_create_subnetworks = false
}
resource "google_compute_router" "main" {
  name    = "main"
  project = "acme-host"
  region  = "europe-west1"
  network = google_compute_network.shared.id
}
resource "google_compute_router_nat" "main" {
  name                               = "main"
  project                            = "acme-orders" # the router is in acme-host
  region                             = "europe-west1"
  router                             = google_compute_router.main.name
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}
