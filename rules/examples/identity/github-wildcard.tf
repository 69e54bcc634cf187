resource "google_iam_workload_identity_pool_provider" "github" {
  workload_identity_pool_id          = "github"
  workload_identity_pool_provider_id = "github"
  attribute_mapping                  = { "google.subject" = "assertion.sub" }
  attribute_condition                = "assertion.repository == \"acme/*\" && assertion.repository_owner_id == \"123456\""
  oidc { issuer_uri = "https://token.actions.githubusercontent.com" }
}
