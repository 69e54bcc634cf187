resource "google_cloudbuild_trigger" "deploy" {
  name     = "deploy"
  location = "europe-west1"
  filename = "cloudbuild.yaml"
  github {
    owner = "acme"
    name  = "shop"
    push {
      branch = "*" # .*
    }
  }
}
