resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      startup_probe {
        period_seconds    = 30
        failure_threshold = 24 # 720 s, Cloud Run stops at 600 s
        http_get { path = "/health" }
      }
    }
  }
}
