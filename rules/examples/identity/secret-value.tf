resource "google_secret_manager_secret" "token" {
  secret_id = "token"
  replication {
    auto {}
  }
}
# and no google_secret_manager_secret_version
resource "google_secret_manager_secret_iam_member" "api" {
  secret_id = google_secret_manager_secret.token.id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:api@acme.iam.gserviceaccount.com"
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "europe-west1-docker.pkg.dev/acme/images/api:1"
      env {
        name = "TOKEN"
        value_source {
          secret_key_ref {
            secret  = google_secret_manager_secret.token.secret_id
            version = "1"
          }
        }
      }
    }
  }
  depends_on = [google_secret_manager_secret_iam_member.api]
}
