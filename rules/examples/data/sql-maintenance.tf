resource "google_sql_database_instance" "main" {
  name             = "orders"
  region           = "europe-west1"
  database_version = "POSTGRES_15"
  settings {
    tier = "db-custom-2-7680"
    maintenance_window {
      day  = 0 # 1 is Monday, 7 is Sunday
      hour = 24
    }
    location_preference {
      zone = "us-central1-a"
    }
  }
}
