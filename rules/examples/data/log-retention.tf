resource "google_logging_project_bucket_config" "audit" {
  project        = "acme"
  location       = "europe-west1"
  bucket_id      = "audit"
  retention_days = 4000 # at most 3650
}
