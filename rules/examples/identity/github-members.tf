resource "google_iam_workload_identity_pool" "github" {
  workload_identity_pool_id = "github"
}
resource "google_iam_workload_identity_pool_provider" "github" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_mapping                  = { "google.subject" = "assertion.sub" }
  attribute_condition                = "assertion.repository_owner_id == \"123456\""
  oidc { issuer_uri = "https://token.actions.githubusercontent.com" }
}

resource "google_project_iam_member" "ci" {
  project = "acme"
  role    = "roles/editor"
  member  = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/*"
}
