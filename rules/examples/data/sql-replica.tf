resource "google_sql_database_instance" "primary" {
  name             = "shop-primary"
  region           = "europe-west1"
  database_version = "MYSQL_8_0"
  settings {
    tier    = "db-custom-2-7680"
    edition = "ENTERPRISE"
    backup_configuration {
      enabled = true
    }
  }
}

resource "google_sql_database_instance" "replica" {
  name                 = "shop-replica"
  region               = "europe-west1"
  database_version     = "MYSQL_8_0"
  master_instance_name = google_sql_database_instance.primary.name
  settings {
    tier    = "db-custom-2-7680"
    edition = "ENTERPRISE"
  }
}
