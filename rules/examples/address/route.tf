resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "app" {
  name          = "app"
  network       = google_compute_network.main.id
  ip_cidr_range = "10.0.0.0/16"
}
resource "google_compute_route" "office" {
  name        = "office"
  network     = google_compute_network.main.id
  dest_range  = "10.0.8.0/24"
  next_hop_ip = "10.0.0.2"
}
