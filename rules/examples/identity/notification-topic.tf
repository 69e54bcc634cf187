resource "google_pubsub_topic" "uploads" {
  name = "uploads"
}
resource "google_storage_bucket" "uploads" {
  name     = "acme-uploads"
  location = "EU"
}
resource "google_storage_notification" "uploads" {
  bucket         = google_storage_bucket.uploads.name
  payload_format = "JSON_API_V1"
  topic          = google_pubsub_topic.uploads.id # Cloud Storage may not publish to it
}
