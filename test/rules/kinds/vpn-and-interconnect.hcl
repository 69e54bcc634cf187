=== traffic selectors of an HA tunnel
=> error reachability/hybrid-shape: local_traffic_selector has 10.0.0.0/8 with router
resource "google_compute_vpn_tunnel" "t" {
  name = "t"
  region = "europe-west1"
  vpn_gateway = "projects/acme-prod/regions/europe-west1/vpnGateways/g"
  vpn_gateway_interface = 0
  peer_external_gateway = "projects/acme-prod/global/externalVpnGateways/p"
  peer_external_gateway_interface = 0
  router = "projects/acme-prod/regions/europe-west1/routers/r"
  shared_secret = var.secret
  «local_traffic_selector = ["10.0.0.0/8"]¦»
}
variable "secret" { 
  type = string 
  sensitive = true 
}

=== classic tunnel before its forwarding rules
=> error reachability/classic-vpn: nothing makes it wait for google_compute_forwarding_rule.esp, google_compute_forwarding_rule.ike, google_compute_forwarding_rule.natt, so all are created at the same time
resource "google_compute_vpn_gateway" "g" { 
  name = "g" 
  network = "projects/acme-prod/global/networks/vpc" 
  region = "europe-west1" 
}
resource "google_compute_address" "a" { 
  name = "a" 
  region = "europe-west1" 
}
resource "google_compute_forwarding_rule" "esp" {
  name = "esp"
  region = "europe-west1"
  ip_protocol = "ESP"
  ip_address = google_compute_address.a.address
  target = google_compute_vpn_gateway.g.id
}
resource "google_compute_forwarding_rule" "ike" {
  name = "ike"
  region = "europe-west1"
  ip_protocol = "UDP"
  port_range = "500"
  ip_address = google_compute_address.a.address
  target = google_compute_vpn_gateway.g.id
}
resource "google_compute_forwarding_rule" "natt" {
  name = "natt"
  region = "europe-west1"
  ip_protocol = "UDP"
  port_range = "4500"
  ip_address = google_compute_address.a.address
  target = google_compute_vpn_gateway.g.id
}
resource "google_compute_vpn_tunnel" "t" {
  name = "t"
  region = "europe-west1"
  peer_ip = "203.0.113.9"
  shared_secret = var.secret
  target_vpn_gateway = google_compute_vpn_gateway.g.id
  local_traffic_selector = ["10.0.0.0/8"]
  remote_traffic_selector = ["192.168.0.0/16"]
  «¦depends_on = [google_compute_forwarding_rule.esp, google_compute_forwarding_rule.ike, google_compute_forwarding_rule.natt]»
}
variable "secret" { 
  type = string 
  sensitive = true 
}

=== peer address of an interface without its own
=> error reachability/bgp-session: peer_ip_address is 169.254.1.2, and google_compute_router_interface.i has no ip_range
resource "google_compute_router_interface" "i" {
  name = "i"
  router = "r"
  region = "europe-west1"
  vpn_tunnel = "t"
  «¦ip_range = "169.254.1.1/30"»
}
resource "google_compute_router_peer" "p" {
  name = "p"
  router = "r"
  region = "europe-west1"
  interface = google_compute_router_interface.i.name
  peer_asn = 65001
  peer_ip_address = "169.254.1.2"
}

=== two interfaces of one tunnel
=> error reachability/bgp-session: vpn_tunnel is that of google_compute_router_interface.i
resource "google_compute_router_interface" "i" {
  name = "i"
  router = "r"
  region = "europe-west1"
  vpn_tunnel = "t"
  ip_range = "169.254.1.1/30"
}
resource "google_compute_router_interface" "j" {
  name = "j"
  router = "r"
  region = "europe-west1"
  vpn_tunnel = "«t¦u»"
  ip_range = "169.254.2.1/30"
}

=== candidate subnets of an attachment
=> error reachability/hybrid-shape: candidate_subnets has "10.1.0.0/29"
resource "google_compute_interconnect_attachment" "a" {
  name = "a"
  region = "europe-west1"
  type = "DEDICATED"
  router = "projects/acme-prod/regions/europe-west1/routers/r"
  interconnect = "projects/acme-prod/global/interconnects/i"
  candidate_subnets = ["«10.1.0.0/29¦169.254.10.0/29»"]
}

=== encrypted attachment on a plain router
=> error reachability/encrypted-attachment: encryption is IPSEC, and encrypted_interconnect_router of google_compute_router.r is not true
resource "google_compute_router" "r" {
  name = "r"
  region = "europe-west1"
  network = "projects/acme-prod/global/networks/vpc"
  «¦encrypted_interconnect_router = true»
  bgp { asn = 16550 }
}
resource "google_compute_interconnect_attachment" "a" {
  name = "a"
  region = "europe-west1"
  type = "PARTNER"
  edge_availability_domain = "AVAILABILITY_DOMAIN_1"
  router = google_compute_router.r.id
  encryption = "IPSEC"
}

=== route priority above 65535
=> error reachability/hybrid-shape: advertised_route_priority is 70000
resource "google_compute_router_peer" "p" {
  name = "p"
  router = "r"
  region = "europe-west1"
  interface = "i"
  peer_asn = 65001
  advertised_route_priority = «70000¦100»
}

=== advertised range that is none
=> error reachability/hybrid-shape: bgp.advertised_ip_ranges.range is "10.0.0.0-8"
resource "google_compute_router" "r" {
  name = "r"
  region = "europe-west1"
  network = "projects/acme-prod/global/networks/vpc"
  bgp {
    asn = 64514
    advertise_mode = "CUSTOM"
    advertised_ip_ranges { range = "10.0.0.0«-8¦/8»" }
  }
}

=== peer gateway in another region
=> error reachability/vpn-tunnel: it is in europe-west1, and its peer_gcp_gateway google_compute_ha_vpn_gateway.b in europe-west4
resource "google_compute_ha_vpn_gateway" "a" {
  name = "a"
  region = "europe-west1"
  network = "projects/acme-prod/global/networks/a"
}
resource "google_compute_ha_vpn_gateway" "b" {
  name = "b"
  region = "europe-west«4¦1»"
  network = "projects/acme-prod/global/networks/b"
}
variable "secret" {
  type = string
  sensitive = true
}
resource "google_compute_vpn_tunnel" "t" {
  name = "t"
  region = "europe-west1"
  vpn_gateway = google_compute_ha_vpn_gateway.a.id
  vpn_gateway_interface = 0
  peer_gcp_gateway = google_compute_ha_vpn_gateway.b.id
  router = "projects/acme-prod/regions/europe-west1/routers/r"
  shared_secret = var.secret
}

=== VLAN tag above 4094
=> error reachability/hybrid-shape: vlan_tag8021q is 4095
resource "google_compute_interconnect_attachment" "a" {
  name = "a"
  region = "europe-west1"
  type = "DEDICATED"
  router = "projects/acme-prod/regions/europe-west1/routers/r"
  interconnect = "projects/acme-prod/global/interconnects/i"
  vlan_tag8021q = «4095¦100»
}

=== reserved addresses without encryption
=> warning reachability/hybrid-shape: encryption is not set with ipsec_internal_addresses
resource "google_compute_interconnect_attachment" "a" {
  name = "a"
  region = "europe-west1"
  type = "PARTNER"
  edge_availability_domain = "AVAILABILITY_DOMAIN_1"
  router = "projects/acme-prod/regions/europe-west1/routers/r"
  «¦encryption = "IPSEC"»
  ipsec_internal_addresses = ["projects/acme-prod/regions/europe-west1/addresses/a"]
}
