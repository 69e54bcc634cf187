resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 90
  }
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers { image = "us-docker.pkg.dev/acme/apps/api:1" }
  }
}
