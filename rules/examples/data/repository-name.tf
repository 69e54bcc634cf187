resource "google_artifact_registry_repository" "images" {
  repository_id = "Service_Images" # lower-case letters, digits and hyphens
  location      = "europe-west1"
  format        = "DOCKER"
}
