resource "google_project_iam_member" "reader" {
  project = "acme"
  role    = "roles/storage.objectViewer"
  member  = "user:ops@example.com"
  condition {
    title      = "uploads only"
    expression = "resource.name.startswith(\"projects/_/buckets/acme-uploads\")" # startsWith
  }
}
