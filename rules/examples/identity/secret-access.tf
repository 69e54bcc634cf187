resource "google_service_account" "api" {
  account_id = "api-runtime"
}

resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account = google_service_account.api.email
    containers {
      image = "us-docker.pkg.dev/cloudrun/container/hello"
      env {
        name = "POSTGRES_PASSWORD"
        value_source {
          secret_key_ref {
            secret  = google_secret_manager_secret.db.id
            version = "1"
          }
        }
      }
    }
  }
}

resource "google_secret_manager_secret" "db" {
  secret_id = "db-password"
  replication {
    auto {}
  }
}
resource "random_password" "db" {
  length = 32
}
resource "google_secret_manager_secret_version" "db" {
  secret      = google_secret_manager_secret.db.id
  secret_data = random_password.db.result
}
# and no google_secret_manager_secret_iam_member
