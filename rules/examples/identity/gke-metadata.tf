resource "google_container_cluster" "main" {
  name                     = "main"
  location                 = "europe-west1"
  initial_node_count       = 1
  remove_default_node_pool = true # and no workload_identity_config
}
resource "google_container_node_pool" "main" {
  name       = "main"
  cluster    = google_container_cluster.main.id
  node_count = 1
  node_config {
    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }
}
