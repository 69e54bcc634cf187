resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "SHUTDOWN_GRACE_SECONDS"
        value = "30"
      }
    }
  }
}
