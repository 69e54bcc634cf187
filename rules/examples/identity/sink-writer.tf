resource "google_storage_bucket" "logs" {
  name                        = "acme-orders-logs"
  location                    = "EU"
  uniform_bucket_level_access = true
}
resource "google_logging_project_sink" "errors" {
  name                   = "errors"
  destination            = "storage.googleapis.com/${google_storage_bucket.logs.name}"
  filter                 = "severity >= ERROR"
  unique_writer_identity = true # and nothing is granted to it
}
