resource "google_pubsub_topic" "orders" {
  for_each = toset(["new", "paid"])
  name     = each.key
}
resource "google_pubsub_subscription" "shipped" {
  name  = "shipped"
  topic = google_pubsub_topic.orders["shipped"].id # "new" and "paid" only
}
