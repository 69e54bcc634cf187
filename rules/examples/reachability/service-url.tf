resource "google_cloud_run_v2_service" "auth" {
  name     = "auth"
  location = "us-central1"
  template {
    service_account = "auth@acme.iam.gserviceaccount.com"
    containers { image = "us-docker.pkg.dev/acme/apps/auth:1" }
  }
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "API_URL"
        value = "https://api-123456789012.us-central1.run.app"
      }
      env {
        name  = "AUTH_URL"
        value = "https://auht-123456789012.us-central1.run.app"
      }
    }
  }
}
