resource "google_artifact_registry_repository" "own" {
  repository_id = "own"
  location      = "europe-west4" # the virtual one is in europe-west1
  format        = "DOCKER"
}
resource "google_artifact_registry_repository" "all" {
  repository_id = "all"
  location      = "europe-west1"
  format        = "DOCKER"
  mode          = "VIRTUAL_REPOSITORY"
  virtual_repository_config {
    upstream_policies {
      id         = "own"
      repository = google_artifact_registry_repository.own.id
      priority   = 10
    }
  }
}
