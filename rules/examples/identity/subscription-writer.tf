resource "google_storage_bucket" "archive" {
  name                        = "acme-orders-archive"
  location                    = "EU"
  uniform_bucket_level_access = true
}
resource "google_pubsub_topic" "orders" {
  name = "orders"
}
resource "google_pubsub_subscription" "archive" {
  name  = "archive"
  topic = google_pubsub_topic.orders.id
  cloud_storage_config {
    bucket = google_storage_bucket.archive.name # the service agent of Pub/Sub has no role on it
  }
}
