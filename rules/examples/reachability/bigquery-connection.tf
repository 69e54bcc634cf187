resource "google_sql_database_instance" "orders" {
  name             = "orders"
  region           = "europe-west1"
  database_version = "POSTGRES_15"
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680"
  }
}
resource "google_bigquery_connection" "orders" {
  connection_id = "orders"
  location      = "us-central1" # the instance is in europe-west1
  cloud_sql {
    instance_id = google_sql_database_instance.orders.connection_name
    database    = "orders"
    type        = "POSTGRES"
    credential {
      username = "bigquery"
      password = "changed-by-hand"
    }
  }
}
