resource "google_storage_bucket" "logs" {
  name     = "acme-orders-logs"
  location = "EU"
  lifecycle_rule {
    action {
      type          = "SetStorageClass"
      storage_class = "COLD" # COLDLINE
    }
    condition {
      age = 30
    }
  }
}
