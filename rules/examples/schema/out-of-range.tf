resource "google_compute_router_nat" "nat" {
  name                               = "nat"
  router                             = "router"
  region                             = "europe-west1"
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
  rules {
    rule_number = 70000
    match       = "destination.ip == '1.1.0.1'"
  }
}
