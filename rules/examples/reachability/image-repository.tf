resource "google_artifact_registry_repository" "images" {
  repository_id = "images"
  location      = "europe-west1"
  format        = "DOCKER"
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "europe-west4-docker.pkg.dev/acme/images/api:1" # the repository is in europe-west1
    }
  }
}
