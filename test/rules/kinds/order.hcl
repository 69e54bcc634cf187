=== service before it may read its secret
=> warning identity/secret-access: depends_on does not name google_secret_manager_secret_iam_member.m, which grants access to "key"
resource "google_secret_manager_secret" "k" {
  secret_id = "key"
  replication {
    auto {}
  }
}
resource "google_service_account" "a" { account_id = "orders-run" }
resource "google_secret_manager_secret_iam_member" "m" {
  secret_id = google_secret_manager_secret.k.id
  role = "roles/secretmanager.secretAccessor"
  member = google_service_account.a.member
}
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  «¦depends_on = [google_secret_manager_secret_iam_member.m]»
  template {
    service_account = google_service_account.a.email
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      env {
        name = "KEY"
        value_source {
          secret_key_ref {
            secret = google_secret_manager_secret.k.secret_id
            version = "latest"
          }
        }
      }
    }
  }
}
