resource "google_redis_instance" "cache" {
  name               = "cache"
  region             = "europe-west1"
  tier               = "STANDARD_HA"
  memory_size_gb     = 1
  read_replicas_mode = "READ_REPLICAS_ENABLED" # 5 GiB or more
}
