resource "google_compute_network" "shared" {
  name                    = "shared"
  auto_create_subnetworks = false
}
resource "google_compute_network" "app" {
  name                    = "app"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "app" {
  name          = "app"
  network       = google_compute_network.app.id
  ip_cidr_range = "10.0.0.0/20"
}
resource "google_compute_subnetwork" "shared" {
  name          = "shared"
  network       = google_compute_network.shared.id
  ip_cidr_range = "10.0.8.0/24"
}
resource "google_compute_network_peering" "to_shared" {
  name         = "to-shared"
  network      = google_compute_network.app.self_link
  peer_network = google_compute_network.shared.self_link
}
resource "google_compute_network_peering" "to_app" {
  name         = "to-app"
  network      = google_compute_network.shared.self_link
  peer_network = google_compute_network.app.self_link
}
