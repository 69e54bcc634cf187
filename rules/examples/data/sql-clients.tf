resource "google_sql_database_instance" "main" {
  name             = "orders"
  region           = "europe-west1"
  database_version = "POSTGRES_15"
  settings {
    tier                  = "db-custom-2-7680"
    connector_enforcement = "REQUIRED"
  }
}

resource "google_service_account" "api" {
  account_id = "api-runtime"
}

resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account = google_service_account.api.email
    containers {
      image = "europe-docker.pkg.dev/acme/images/api"
      env {
        name  = "POSTGRES_HOST"
        value = google_sql_database_instance.main.public_ip_address
      }
    }
  }
}
