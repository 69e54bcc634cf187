resource "google_pubsub_subscription" "orders" {
  name                       = "orders"
  topic                      = "projects/acme-orders/topics/orders"
  message_retention_duration = "60s"
}
