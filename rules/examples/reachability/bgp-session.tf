resource "google_compute_router" "vpn" {
  name    = "vpn"
  network = "main"
  region  = "europe-west1"

  bgp {
    asn = 64514
  }
}

resource "google_compute_router_interface" "office" {
  name       = "office"
  router     = google_compute_router.vpn.name
  region     = "europe-west1"
  ip_range   = "169.254.1.1/30"
  vpn_tunnel = "office"
}

resource "google_compute_router_peer" "office" {
  name            = "office"
  router          = google_compute_router.vpn.name
  region          = "europe-west1"
  interface       = google_compute_router_interface.office.name
  peer_ip_address = "169.254.2.2"
  peer_asn        = 64515
}
