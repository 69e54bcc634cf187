resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "europe-west1-docker.pkg.dev/acme/images/api:1"
      liveness_probe {
        period_seconds = 10 # restarts after 3 x 10 s
        http_get {
          path = "/health"
        }
      }
      readiness_probe {
        period_seconds = 20 # 3 x 20 s
        http_get {
          path = "/ready"
        }
      }
    }
  }
}
