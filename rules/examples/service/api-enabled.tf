resource "google_project_service" "run" {
  project = "acme-dev"
  service = "run.googleapis.com"
}

resource "google_redis_instance" "cache" {
  project        = "acme-dev"
  name           = "cache"
  region         = "europe-west1"
  memory_size_gb = 1
}
