resource "google_storage_bucket" "site" {
  name                        = "acme-orders-site"
  location                    = "EU"
  uniform_bucket_level_access = true
}
resource "google_storage_bucket_acl" "site" {
  bucket         = google_storage_bucket.site.name
  predefined_acl = "projectPrivate" # a role, by google_storage_bucket_iam_member
}
