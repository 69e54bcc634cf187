resource "google_alloydb_cluster" "orders" {
  cluster_id = "orders"
  location   = "europe-west1"
  network_config {
    network = "projects/acme/global/networks/main"
  }
}
resource "google_alloydb_instance" "orders" {
  cluster       = google_alloydb_cluster.orders.name
  instance_id   = "orders"
  instance_type = "PRIMARY"
}
resource "google_alloydb_cluster" "standby" {
  cluster_id   = "standby"
  location     = "europe-west1" # the region of the primary cluster
  cluster_type = "SECONDARY"
  network_config {
    network = "projects/acme/global/networks/main"
  }
  continuous_backup_config {
    enabled = false
  }
  secondary_config {
    primary_cluster_name = google_alloydb_cluster.orders.name
  }
  depends_on = [google_alloydb_instance.orders]
}
