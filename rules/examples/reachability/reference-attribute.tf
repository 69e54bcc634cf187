resource "google_sql_database_instance" "orders" {
  name             = "orders"
  region           = "europe-west1"
  database_version = "POSTGRES_15"
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680"
  }
}
resource "google_sql_database" "orders" {
  name     = "orders"
  instance = google_sql_database_instance.orders.connection_name # .name
}
