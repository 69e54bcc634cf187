resource "google_sql_database_instance" "main" {
  name             = "orders"
  region           = "europe-west1"
  database_version = "POSTGRES_15"
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680"
    insights_config {
      query_insights_enabled = true
      query_plans_per_minute = 100
    }
  }
}
