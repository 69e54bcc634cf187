resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account                  = "api@acme.iam.gserviceaccount.com"
    max_instance_request_concurrency = 80
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      resources {
        cpu_idle = true
        limits   = { cpu = "500m", memory = "512Mi" }
      }
    }
  }
}
