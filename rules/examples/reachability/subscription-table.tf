resource "google_bigquery_table" "orders" {
  dataset_id = "raw"
  table_id   = "orders"
  schema     = jsonencode([{ name = "payload", type = "STRING" }]) # messages go into "data"
}
resource "google_pubsub_subscription" "orders" {
  name  = "orders"
  topic = "projects/acme/topics/orders"
  bigquery_config {
    table                 = "acme.raw.${google_bigquery_table.orders.table_id}"
    service_account_email = "orders@acme.iam.gserviceaccount.com"
  }
}
