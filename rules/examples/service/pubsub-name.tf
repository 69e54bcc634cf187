resource "google_pubsub_topic" "orders" {
  name = "new orders" # no spaces
}
