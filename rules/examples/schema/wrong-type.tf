resource "google_pubsub_subscription" "orders" {
  name                 = "orders"
  topic                = "orders"
  ack_deadline_seconds = "30s"
}
