resource "google_cloud_run_v2_service" "front" {
  name     = "front"
  location = "us-central1"
  template {
    service_account = "front@acme.iam.gserviceaccount.com"
    timeout         = "60s"
    containers {
      image = "us-docker.pkg.dev/acme/apps/front:1"
      env {
        name  = "API_URL"
        value = google_cloud_run_v2_service.api.uri
      }
    }
  }
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    timeout         = "300s"
    containers { image = "us-docker.pkg.dev/acme/apps/api:1" }
  }
}
