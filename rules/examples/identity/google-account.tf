resource "google_project_iam_member" "push" {
  project = "acme-dev"
  role    = "roles/iam.serviceAccountTokenCreator"
  member  = "serviceAccount:service-acme-dev@gcp-sa-pubsub.iam.gserviceaccount.com"
}
