=== two peerings with the same network
=> error reachability/peering: network and peer_network are those of google_compute_network_peering.a
resource "google_compute_network" "n" { 
  name = "vpc" 
  auto_create_subnetworks = false 
}
resource "google_compute_network_peering" "a" {
  name = "a"
  network = google_compute_network.n.id
  peer_network = "projects/other/global/networks/hub"
}
resource "google_compute_network_peering" "b" {
  name = "b"
  network = google_compute_network.n.id
  peer_network = "projects/other/global/networks/«hub¦tools»"
}
