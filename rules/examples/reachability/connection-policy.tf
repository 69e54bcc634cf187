resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_redis_cluster" "cache" {
  name        = "cache"
  region      = "europe-west1"
  shard_count = 3

  psc_configs {
    network = google_compute_network.main.id
  }
}
