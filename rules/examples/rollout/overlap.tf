resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  traffic {
    type     = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
    revision = "api-00001"
    percent  = 80
  }
  traffic {
    type     = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
    revision = "api-00002"
    percent  = 15
  }
  traffic {
    type     = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
    revision = "api-00003"
    percent  = 5
  }
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "DATABASE_POOL_SIZE"
        value = "10"
      }
    }
  }
}
