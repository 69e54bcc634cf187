resource "google_compute_backend_bucket" "static" {
  name        = "static"
  bucket_name = "acme-static"
  enable_cdn  = true
  cdn_policy {
    cache_mode  = "CACHE_ALL_STATIC"
    default_ttl = 86400
    max_ttl     = 3600
  }
}
