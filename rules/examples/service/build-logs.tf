resource "google_cloudbuild_trigger" "main" {
  name            = "main"
  location        = "europe-west1"
  service_account = "projects/acme-orders/serviceAccounts/build@acme-orders.iam.gserviceaccount.com"
  github {
    owner = "acme"
    name  = "orders"
    push {
      branch = "^main$"
    }
  }
  build {
    step {
      name = "gcr.io/cloud-builders/docker"
      args = ["build", "."]
    }
  }
}
