resource "google_artifact_registry_repository" "services" {
  repository_id = "services"
  location      = "us-central1"
  format        = "DOCKER"
  cleanup_policies {
    id     = "old"
    action = "DELETE"
    condition { older_than = "604800s" }
  }
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  traffic {
    type     = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
    revision = "api-00001"
    percent  = 100
  }
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers { image = "us-central1-docker.pkg.dev/acme/services/api:1" }
  }
}
