resource "google_compute_router" "office" {
  name    = "office" # without encrypted_interconnect_router
  region  = "europe-west1"
  network = "projects/acme/global/networks/main"
  bgp {
    asn = 16550
  }
}
resource "google_compute_interconnect_attachment" "office" {
  name                     = "office"
  region                   = "europe-west1"
  type                     = "PARTNER"
  edge_availability_domain = "AVAILABILITY_DOMAIN_1"
  router                   = google_compute_router.office.id
  encryption               = "IPSEC"
}
