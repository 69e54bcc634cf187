resource "google_cloud_run_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    spec {
      service_account_name = "api@acme.iam.gserviceaccount.com"
      containers {
        image = "europe-west1-docker.pkg.dev/acme/images/api:1"
        env {
          name = "DB_PASSWORD"
          value_from {
            secret_key_ref {
              name = "projects/acme/secrets/db-password" # db-password
              key  = "3"
            }
          }
        }
      }
    }
  }
}
