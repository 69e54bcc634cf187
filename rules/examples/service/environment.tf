resource "google_secret_manager_secret" "greeting" {
  secret_id = "greeting"
  replication {
    auto {}
  }
}
resource "random_password" "greeting" {
  length = 32
}
resource "google_secret_manager_secret_version" "greeting" {
  secret      = google_secret_manager_secret.greeting.id
  secret_data = random_password.greeting.result
}
resource "google_secret_manager_secret_iam_member" "api" {
  secret_id = google_secret_manager_secret.greeting.id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:api@acme.iam.gserviceaccount.com"
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "GREETING"
        value = "hello"
        value_source {
          secret_key_ref {
            secret  = google_secret_manager_secret.greeting.secret_id
            version = "1"
          }
        }
      }
    }
  }
}
