resource "google_iam_workload_identity_pool" "ci" {
  workload_identity_pool_id = "ci-jobs"
}
resource "google_iam_workload_identity_pool_provider" "gitlab" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.ci.workload_identity_pool_id
  workload_identity_pool_provider_id = "gitlab"
  attribute_mapping = {
    "google.subject"         = "assertion.sub"
    "attribute.namespace_id" = "assertion.namespace_id"
  }
  attribute_condition = "assertion.namespace_id == '8812345'"
  oidc {
    issuer_uri = "https://gitlab.com"
  }
}
resource "google_service_account" "deployer" {
  account_id = "deployer"
}
resource "google_service_account_iam_member" "deployer" {
  service_account_id = google_service_account.deployer.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.ci.name}/attribute.project_path/acme/infra" # not mapped
}
