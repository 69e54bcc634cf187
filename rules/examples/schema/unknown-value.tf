resource "google_pubsub_schema" "orders" {
  name       = "orders"
  type       = "PROTOCOL_BUFER"
  definition = "{}"
}
