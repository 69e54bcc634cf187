resource "google_service_account" "api" {
  account_id = "api-runtime"
}

resource "google_project_iam_member" "api" {
  project = "acme"
  role    = "roles/cloudsql.client"
  member  = google_service_account.api.email
}
