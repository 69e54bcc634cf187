resource "google_cloud_run_v2_service" "auth" {
  name     = "auth"
  location = "us-central1"
  template {
    service_account = "auth@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/auth:1"
      env {
        name  = "POSTGRES_HOST"
        value = "db.example.com"
      }
      env {
        name  = "DATABASE_INIT_TIMEOUT_SECONDS"
        value = "20"
      }
    }
  }
}
resource "google_cloud_run_v2_service" "backend" {
  name     = "backend"
  location = "us-central1"
  template {
    service_account = "backend@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/backend:1"
      env {
        name  = "POSTGRES_HOST"
        value = "db.example.com"
      }
      env {
        name  = "DATABASE_INIT_TIMEOUT_SECONDS"
        value = "75"
      }
    }
  }
}
