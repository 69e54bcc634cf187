resource "google_compute_network" "main" {
  name = "main" # auto_create_subnetworks is true by default
}
resource "google_compute_subnetwork" "app" {
  name          = "app"
  network       = google_compute_network.main.id
  ip_cidr_range = "10.132.0.0/20"
}
