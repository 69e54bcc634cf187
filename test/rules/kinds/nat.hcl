=== drained address with automatic allocation
=> error capacity/nat-ports: drain_nat_ips is set with nat_ip_allocate_option "AUTO_ONLY"
resource "google_compute_router_nat" "n" {
  name = "nat"
  router = "r"
  region = "europe-west1"
  nat_ip_allocate_option = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
  «drain_nat_ips = ["projects/acme-prod/regions/europe-west1/addresses/a"]¦»
}

=== private NAT that allocates addresses
=> error capacity/nat-ports: nat_ip_allocate_option is "AUTO_ONLY" with type "PRIVATE"
resource "google_compute_router_nat" "n" {
  name = "nat"
  router = "r"
  region = "europe-west1"
  type = "PRIVATE"
  «nat_ip_allocate_option = "AUTO_ONLY"¦»
  source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS"
  subnetwork { 
    name = "projects/acme-prod/regions/europe-west1/subnetworks/s" 
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"] 
  }
  rules {
    rule_number = 100
    match = "nexthop.hub == \"//networkconnectivity.googleapis.com/projects/acme-prod/locations/global/hubs/h\""
    action { source_nat_active_ranges = ["projects/acme-prod/regions/europe-west1/subnetworks/nat"] }
  }
}

=== secondary ranges without names
=> error capacity/nat-ports: subnetwork.secondary_ip_range_names is not set with LIST_OF_SECONDARY_IP_RANGES
resource "google_compute_router_nat" "n" {
  name = "nat"
  router = "r"
  region = "europe-west1"
  nat_ip_allocate_option = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS"
  subnetwork { 
    name = "projects/acme-prod/regions/europe-west1/subnetworks/s" 
    source_ip_ranges_to_nat = ["LIST_OF_SECONDARY_IP_RANGES"] 
    «¦secondary_ip_range_names = ["pods"]»
  }
}
