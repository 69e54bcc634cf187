resource "google_cloudbuild_trigger" "deploy" {
  name     = "deploy"
  location = "us-central1" # the connection is in europe-west1
  filename = "cloudbuild.yaml"
  repository_event_config {
    repository = "projects/acme/locations/europe-west1/connections/github/repositories/shop"
    push {
      branch = "^main$"
    }
  }
}
