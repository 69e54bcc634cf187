resource "google_dns_managed_zone" "internal" {
  name     = "internal"
  dns_name = "acme.internal."
}
resource "google_dns_record_set" "redis" {
  name         = "redis.other.internal."
  managed_zone = google_dns_managed_zone.internal.name
  type         = "A"
  ttl          = 300
  rrdatas      = ["10.20.0.3"]
}
