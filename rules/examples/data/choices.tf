resource "google_redis_instance" "cache" {
  name           = "cache"
  region         = "europe-west1"
  memory_size_gb = 1
  tier           = "STANDARD"
}
