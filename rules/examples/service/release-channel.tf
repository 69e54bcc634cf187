resource "google_container_cluster" "main" {
  name                     = "main"
  location                 = "europe-west1"
  initial_node_count       = 1
  remove_default_node_pool = true
  release_channel {
    channel = "REGULAR"
  }
}
resource "google_container_node_pool" "work" {
  name       = "work"
  cluster    = google_container_cluster.main.name
  location   = "europe-west1"
  node_count = 1
  management {
    auto_repair  = true
    auto_upgrade = false # the channel upgrades the nodes
  }
}
