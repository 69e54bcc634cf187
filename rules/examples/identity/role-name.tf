resource "google_project_iam_member" "api" {
  project = "acme"
  role    = "secretmanager.secretAccessor"
  member  = "serviceAccount:api@acme.iam.gserviceaccount.com"
}
