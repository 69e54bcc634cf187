resource "google_spanner_backup_schedule" "daily" {
  instance           = "orders"
  database           = "orders"
  name               = "daily"
  retention_duration = "604800s"
  spec {
    cron_spec {
      text = "daily" # 0 3 * * *
    }
  }
  full_backup_spec {}
}
