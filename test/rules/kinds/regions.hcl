=== address of another region at a NAT gateway
=> error reachability/same-region: it is in europe-west1, and google_compute_address.a in europe-west4
resource "google_compute_address" "a" {
  name = "nat"
  region = "europe-west«4¦1»"
}
resource "google_compute_router_nat" "n" {
  name = "nat"
  router = "r"
  region = "europe-west1"
  nat_ip_allocate_option = "MANUAL_ONLY"
  nat_ips = [google_compute_address.a.self_link]
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}

=== group of machines with a subnet of another region
=> error reachability/machine-subnet: it is in europe-west1, and google_compute_subnetwork.s, the subnet of its template google_compute_instance_template.t, in europe-west4
resource "google_compute_network" "n" {
  name = "vpc"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "s" {
  name = "s"
  region = "europe-west«4¦1»"
  network = google_compute_network.n.id
  ip_cidr_range = "10.0.0.0/24"
}
resource "google_compute_instance_template" "t" {
  name_prefix = "web-"
  machine_type = "e2-small"
  disk { source_image = "debian-cloud/debian-12" }
  network_interface { subnetwork = google_compute_subnetwork.s.id }
  lifecycle { create_before_destroy = true }
}
resource "google_compute_region_instance_group_manager" "m" {
  name = "m"
  region = "europe-west1"
  base_instance_name = "web"
  target_size = 3
  version { instance_template = google_compute_instance_template.t.id }
}

=== address of another subnet at an internal rule
=> error edge/address: subnetwork is google_compute_subnetwork.s, and that of its address google_compute_address.a is google_compute_subnetwork.other
resource "google_compute_network" "n" {
  name = "vpc"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "s" {
  name = "s"
  region = "europe-west1"
  network = google_compute_network.n.id
  ip_cidr_range = "10.0.0.0/24"
}
resource "google_compute_subnetwork" "other" {
  name = "other"
  region = "europe-west1"
  network = google_compute_network.n.id
  ip_cidr_range = "10.1.0.0/24"
}
resource "google_compute_address" "a" {
  name = "ilb"
  region = "europe-west1"
  address_type = "INTERNAL"
  subnetwork = google_compute_subnetwork.«other¦s».id
}
resource "google_compute_forwarding_rule" "f" {
  name = "ilb"
  region = "europe-west1"
  load_balancing_scheme = "INTERNAL"
  backend_service = "projects/acme-prod/regions/europe-west1/backendServices/b"
  network = google_compute_network.n.id
  subnetwork = google_compute_subnetwork.s.id
  ip_address = google_compute_address.a.id
  all_ports = true
}

=== trigger for a service of another region
=> error reachability/trigger-target: destination.cloud_run_service looks for google_cloud_run_v2_service.s in europe-west4, and it is in europe-west1
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" }
  }
}
resource "google_eventarc_trigger" "t" {
  name = "t"
  location = "europe-west1"
  service_account = "ev@acme-prod.iam.gserviceaccount.com"
  matching_criteria {
    attribute = "type"
    value = "google.cloud.pubsub.topic.v1.messagePublished"
  }
  destination {
    cloud_run_service {
      service = google_cloud_run_v2_service.s.name
      region = "europe-west«4¦1»"
    }
  }
}
resource "google_cloud_run_v2_service_iam_member" "m" {
  name = google_cloud_run_v2_service.s.name
  location = "europe-west1"
  role = "roles/run.invoker"
  member = "serviceAccount:ev@acme-prod.iam.gserviceaccount.com"
}

=== domain mapped in another region
=> error reachability/same-region: it is in europe-west4, and google_cloud_run_v2_service.s in europe-west1
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" }
  }
}
resource "google_cloud_run_domain_mapping" "d" {
  name = "orders.acme.com"
  location = "europe-west«4¦1»"
  metadata { namespace = "acme-prod" }
  spec { route_name = google_cloud_run_v2_service.s.name }
}

=== endpoint group for a service of another region
=> error edge/neg-service: region is europe-west4 and google_cloud_run_v2_service.s is in europe-west1
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" }
  }
}
resource "google_compute_region_network_endpoint_group" "n" {
  name = "neg"
  region = "europe-west«4¦1»"
  network_endpoint_type = "SERVERLESS"
  cloud_run { service = google_cloud_run_v2_service.s.name }
}

=== router of another network at a VPN tunnel
=> error reachability/vpn-tunnel: its gateway google_compute_ha_vpn_gateway.g is on network "a", and its router google_compute_router.r on network "b"
resource "google_compute_network" "a" {
  name = "a"
  auto_create_subnetworks = false
}
resource "google_compute_network" "b" {
  name = "b"
  auto_create_subnetworks = false
}
resource "google_compute_ha_vpn_gateway" "g" {
  name = "g"
  region = "europe-west1"
  network = google_compute_network.a.id
}
resource "google_compute_router" "r" {
  name = "r"
  region = "europe-west1"
  network = google_compute_network.«b¦a».id
  bgp { asn = 64514 }
}
variable "secret" {
  type = string
  sensitive = true
}
resource "google_compute_vpn_tunnel" "t" {
  name = "t"
  region = "europe-west1"
  vpn_gateway = google_compute_ha_vpn_gateway.g.id
  vpn_gateway_interface = 0
  peer_external_gateway = "projects/acme-prod/global/externalVpnGateways/p"
  peer_external_gateway_interface = 0
  router = google_compute_router.r.id
  shared_secret = var.secret
}

=== attachment in another region than its router
=> error reachability/vpn-tunnel: it is in europe-west1, and its router google_compute_router.r in europe-west4
resource "google_compute_router" "r" {
  name = "r"
  region = "europe-west«4¦1»"
  network = "projects/acme-prod/global/networks/vpc"
  bgp { asn = 16550 }
}
resource "google_compute_interconnect_attachment" "a" {
  name = "a"
  region = "europe-west1"
  type = "PARTNER"
  edge_availability_domain = "AVAILABILITY_DOMAIN_1"
  router = google_compute_router.r.id
}
