resource "google_compute_router" "main" {
  name    = "main"
  region  = "us-central1"
  network = "main"
}
resource "google_compute_router_nat" "main" {
  count                              = 2
  name                               = "nat-${count.index}"
  router                             = google_compute_router.main.name
  region                             = "us-central1"
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}
