resource "google_storage_bucket" "static" {
  name                        = "acme-dev-static"
  location                    = "europe-west1"
  uniform_bucket_level_access = true
}
# and no google_storage_bucket_iam_member

resource "google_compute_backend_bucket" "static" {
  name        = "static"
  bucket_name = google_storage_bucket.static.name
}
