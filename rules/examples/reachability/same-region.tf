resource "google_compute_address" "out" {
  name   = "out"
  region = "europe-west4" # the gateway is in europe-west1
}
resource "google_compute_router_nat" "out" {
  name                               = "out"
  router                             = "main"
  region                             = "europe-west1"
  nat_ip_allocate_option             = "MANUAL_ONLY"
  nat_ips                            = [google_compute_address.out.self_link]
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}
