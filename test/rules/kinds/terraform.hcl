=== count.index without count
=> error schema/failing-expression: name has no value
resource "google_pubsub_topic" "t" {
  «¦count = 2»
  name = "orders-${count.index}"
}

=== each.key without for_each
=> error schema/failing-expression: name has no value
resource "google_pubsub_topic" "t" {
  «¦for_each = toset(["a", "b"])»
  name = "orders-${each.key}"
}
