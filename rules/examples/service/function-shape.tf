resource "google_cloudfunctions2_function" "resize" {
  name     = "resize-images"
  location = "europe-west1"
  build_config {
    runtime     = "python3.12" # python312
    entry_point = "handle"
    source {
      storage_source {
        bucket = "acme-functions"
        object = "resize.zip"
      }
    }
  }
  service_config {
    service_account_email = "resize@acme-orders.iam.gserviceaccount.com"
  }
}
