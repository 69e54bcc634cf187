resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "app" {
  name          = "app"
  network       = google_compute_network.main.id
  ip_cidr_range = "10.1.0.0/24"
  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = "10.64.0.0/14"
  }
}
resource "google_container_cluster" "main" {
  name               = "main"
  subnetwork         = google_compute_subnetwork.app.id
  initial_node_count = 1
  ip_allocation_policy {
    cluster_secondary_range_name = "pod"
  }
}
