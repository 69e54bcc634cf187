resource "google_logging_project_sink" "archive" {
  name        = "archive"
  destination = "gs://acme-orders-logs" # storage.googleapis.com/acme-orders-logs
}
