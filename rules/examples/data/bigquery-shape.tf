resource "google_bigquery_table" "orders" {
  dataset_id = "orders"
  table_id   = "raw"
  clustering = ["customer"] # no column of that name
  schema     = jsonencode([{ name = "id", type = "STRING" }])
}
