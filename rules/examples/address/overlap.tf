resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "app" {
  name          = "app"
  region        = "us-central1"
  network       = google_compute_network.main.id
  ip_cidr_range = "10.1.0.0/20"
}
resource "google_vpc_access_connector" "main" {
  name          = "main"
  region        = "us-central1"
  network       = google_compute_network.main.name
  ip_cidr_range = "10.1.0.0/28" # inside 10.1.0.0/20
  min_instances = 2
  max_instances = 10
}
