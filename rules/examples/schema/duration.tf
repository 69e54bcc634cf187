resource "google_pubsub_topic" "orders" {
  name                       = "orders"
  message_retention_duration = "7d"
}
