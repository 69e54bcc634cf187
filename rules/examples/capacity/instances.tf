resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling {
      min_instance_count = 5
      max_instance_count = 3
    }
    containers { image = "us-docker.pkg.dev/acme/apps/api:1" }
  }
}
