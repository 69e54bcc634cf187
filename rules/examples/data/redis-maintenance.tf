resource "google_redis_instance" "cache" {
  name           = "cache"
  region         = "europe-west1"
  memory_size_gb = 1
  maintenance_policy {
    weekly_maintenance_window {
      day = "SUN"
      start_time {
        hours = 24
      }
    }
  }
}
