resource "google_redis_instance" "cache" {
  name           = "cache"
  region         = "europe-west1"
  memory_size_gb = 1
  redis_configs = {
    timeout = "60" # 0, or 120 and more
  }
}
