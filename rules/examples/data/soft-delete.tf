resource "google_storage_bucket" "uploads" {
  name     = "acme-orders-uploads"
  location = "EU"
  soft_delete_policy {
    retention_duration_seconds = 86400 # 0, or 7 days at least
  }
}
