resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "app" {
  name          = "app"
  ip_cidr_range = "10.1.0.0/24"
  network       = google_compute_network.main.id
}
resource "google_compute_address" "proxy" {
  name         = "proxy"
  address_type = "INTERNAL"
  subnetwork   = google_compute_subnetwork.app.id
  address      = "10.2.0.10"
}
