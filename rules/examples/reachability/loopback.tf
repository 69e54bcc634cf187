resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_redis_instance" "cache" {
  name               = "cache"
  region             = "us-central1"
  memory_size_gb     = 1
  authorized_network = google_compute_network.main.id
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "REDIS_HOST"
        value = "localhost"
      }
    }
  }
}
