resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_network" "other" {
  name                    = "other"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "app" {
  name          = "app"
  region        = "europe-west1"
  network       = google_compute_network.main.id
  ip_cidr_range = "10.0.0.0/20"
}
resource "google_container_cluster" "app" {
  name               = "app"
  location           = "europe-west1"
  initial_node_count = 1
  network            = google_compute_network.other.id # main
  subnetwork         = google_compute_subnetwork.app.id
}
