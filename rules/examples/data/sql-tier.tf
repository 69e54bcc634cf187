resource "google_sql_database_instance" "main" {
  name             = "orders"
  region           = "europe-west1"
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680" # edition is ENTERPRISE_PLUS by default
  }
}
