resource "google_compute_network" "vpc" {
  name                    = "vpc"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "servers" {
  name          = "servers"
  region        = "us-central1"
  network       = google_compute_network.vpc.id
  ip_cidr_range = "10.20.0.0/24"
}
resource "google_compute_address" "database" {
  name         = "database"
  region       = "europe-west1" # the subnet is in us-central1
  address_type = "INTERNAL"
  subnetwork   = google_compute_subnetwork.servers.id
}
