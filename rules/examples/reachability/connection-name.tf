provider "google" {
  project = "acme-staging"
}
resource "google_sql_database_instance" "shared" {
  name             = "staging-shared-postgres"
  region           = "us-central1"
  database_version = "POSTGRES_15"
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680"
  }
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme-staging.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "CLOUD_SQL_INSTANCE"
        value = "acme-staging:us-central1:acme-db"
      }
    }
  }
}
