resource "google_container_cluster" "main" {
  name                     = "main"
  location                 = "europe-west1"
  initial_node_count       = 1
  remove_default_node_pool = true
}
resource "google_container_node_pool" "work" {
  name       = "work"
  cluster    = google_container_cluster.main.name
  location   = "europe-west1-b" # the cluster is regional: europe-west1
  node_count = 1
}
