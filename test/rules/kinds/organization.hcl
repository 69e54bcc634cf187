=== display name of 120 characters
=> error identity/account-id: display_name has 120 bytes
resource "google_service_account" "s" {
  account_id = "orders-api"
  display_name = join("", [for i in range(«120¦100») : "x"])
}

=== tag bound to a short name
=> error identity/organization-name: parent is "projects/123456"
resource "google_tags_tag_binding" "b" {
  parent = "«projects/123456¦//cloudresourcemanager.googleapis.com/projects/123456»"
  tag_value = "tagValues/281478409127147"
}

=== organization policy by a short name
=> error identity/organization-name: name is "run.allowedIngress"
resource "google_org_policy_policy" "p" {
  name = "«run.allowedIngress¦projects/acme-prod/policies/run.allowedIngress»"
  parent = "projects/acme-prod"
  spec {
    rules { enforce = "TRUE" }
  }
}

=== workload identity pool with capitals
=> error identity/pool-id: workload_identity_pool_id is "GitHub"
resource "google_iam_workload_identity_pool" "p" {
  workload_identity_pool_id = "«GitHub¦github»"
}

=== group without a domain
=> error identity/member-form: member is "group:admins"
resource "google_project_iam_member" "m" {
  project = "acme-prod"
  role = "roles/viewer"
  member = "group:admins«¦@acme.com»"
}
