resource "google_storage_folder" "logs" {
  bucket = "acme-logs"
  name   = "logs"
}
