resource "google_redis_cluster" "cache" {
  name        = "cache"
  region      = "europe-west1"
  shard_count = 300

  psc_configs {
    network = "projects/acme-orders/global/networks/main"
  }
}
