resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "connector" {
  name          = "connector"
  region        = "europe-west1"
  network       = google_compute_network.main.id
  ip_cidr_range = "10.8.0.0/28"
}
resource "google_vpc_access_connector" "main" {
  name          = "main"
  region        = "europe-west1"
  min_instances = 2
  max_instances = 10
  subnet { name = google_compute_subnetwork.connector.self_link }
}
