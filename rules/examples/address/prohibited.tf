resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "app" {
  name          = "app"
  ip_cidr_range = "169.254.0.0/20"
  network       = google_compute_network.main.id
}
