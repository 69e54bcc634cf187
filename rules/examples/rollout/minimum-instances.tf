resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  traffic {
    type     = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
    revision = "api-00001"
    percent  = 100
  }
  traffic {
    type = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    tag  = "candidate"
  }
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { min_instance_count = 2 }
    containers { image = "us-docker.pkg.dev/acme/apps/api:1" }
  }
}
