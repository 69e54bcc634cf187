resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_compute_ha_vpn_gateway" "main" {
  name    = "main"
  network = google_compute_network.main.id
  region  = "europe-west1"
}

resource "google_compute_external_vpn_gateway" "office" {
  name            = "office"
  redundancy_type = "SINGLE_IP_INTERNALLY_REDUNDANT"

  interface {
    id         = 0
    ip_address = "198.51.100.7"
  }
}

resource "google_compute_router" "vpn" {
  name    = "vpn"
  network = google_compute_network.main.id
  region  = "europe-west4"

  bgp {
    asn = 64514
  }
}

resource "google_compute_vpn_tunnel" "office" {
  name                            = "office"
  region                          = "europe-west1"
  vpn_gateway                     = google_compute_ha_vpn_gateway.main.id
  vpn_gateway_interface           = 0
  peer_external_gateway           = google_compute_external_vpn_gateway.office.id
  peer_external_gateway_interface = 0
  router                          = google_compute_router.vpn.id
  shared_secret                   = var.shared_secret
}

variable "shared_secret" {
  type      = string
  sensitive = true
}
