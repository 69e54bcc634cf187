resource "google_service_account" "api" {
  account_id = "api-runtime"
}

resource "google_service_account" "worker" {
  account_id = "worker-runtime"
}

resource "google_project_iam_binding" "client" {
  project = "acme"
  role    = "roles/cloudsql.client"
  members = [google_service_account.api.member]
}

resource "google_project_iam_member" "worker" {
  project = "acme"
  role    = "roles/cloudsql.client"
  member  = google_service_account.worker.member
}
