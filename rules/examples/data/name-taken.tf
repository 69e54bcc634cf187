resource "google_sql_database_instance" "main" {
  count            = 2
  name             = "orders" # orders-${count.index}
  region           = "europe-west1"
  database_version = "POSTGRES_15"
  settings {
    tier = "db-custom-2-7680"
  }
}
