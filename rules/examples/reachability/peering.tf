resource "google_compute_network" "a" {
  name                    = "a"
  auto_create_subnetworks = false
}
resource "google_compute_network" "b" {
  name                    = "b"
  auto_create_subnetworks = false
}
resource "google_compute_network_peering" "a" {
  name         = "a-to-b"
  network      = google_compute_network.a.self_link
  peer_network = google_compute_network.b.self_link
} # and none from b to a
