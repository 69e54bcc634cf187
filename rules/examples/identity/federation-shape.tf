resource "google_iam_workload_identity_pool_provider" "terraform" {
  workload_identity_pool_id          = "deploy"
  workload_identity_pool_provider_id = "hcp-terraform"
  attribute_mapping = {
    "google.subject" = "assertion.sub"
  }
  attribute_condition = "assertion.terraform_organization_id == 'org-abc'"
  oidc {
    issuer_uri = "app.terraform.io" # https://app.terraform.io
  }
}
