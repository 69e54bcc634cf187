resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "app" {
  name          = "app"
  region        = "us-central1"
  network       = google_compute_network.main.id
  ip_cidr_range = "10.10.0.5/24" # the range is 10.10.0.0/24
}
