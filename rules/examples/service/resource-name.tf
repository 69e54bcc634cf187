resource "google_cloudbuild_trigger" "deploy" {
  name     = "deploy_shop" # deploy-shop
  location = "europe-west1"
  filename = "cloudbuild.yaml"
  github {
    owner = "acme"
    name  = "shop"
    push {
      branch = "^main$"
    }
  }
}
