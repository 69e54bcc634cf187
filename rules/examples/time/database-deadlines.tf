resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "DATABASE_CONNECT_TIMEOUT_SECONDS"
        value = "75"
      }
      env {
        name  = "DATABASE_INIT_TIMEOUT_SECONDS"
        value = "75"
      }
    }
  }
}
