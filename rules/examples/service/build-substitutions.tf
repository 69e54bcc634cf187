resource "google_cloudbuild_trigger" "deploy" {
  name     = "deploy"
  location = "europe-west1"
  filename = "cloudbuild.yaml"
  substitutions = {
    ENVIRONMENT = "production" # _ENVIRONMENT
  }
  github {
    owner = "acme"
    name  = "shop"
    push {
      branch = "^main$"
    }
  }
}
