resource "google_artifact_registry_repository" "mirror" {
  repository_id = "mirror"
  location      = "europe-west1"
  format        = "DOCKER"
  mode          = "REMOTE_REPOSITORY" # of which upstream?
}
