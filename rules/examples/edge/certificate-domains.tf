resource "google_compute_managed_ssl_certificate" "edge" {
  name = "edge"
  managed {
    domains = ["*.example.com"]
  }
}
