resource "google_redis_instance" "cache" {
  name           = "cache"
  tier           = "STANDARD_HA"
  region         = "europe-west1"
  memory_size_gb = 5
} # without auth_enabled

resource "google_secret_manager_secret" "cache" {
  secret_id = "cache-auth"
  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "cache" {
  secret      = google_secret_manager_secret.cache.id
  secret_data = google_redis_instance.cache.auth_string
}
