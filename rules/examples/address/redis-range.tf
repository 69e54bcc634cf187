resource "google_redis_instance" "cache" {
  name              = "cache"
  memory_size_gb    = 1
  connect_mode      = "PRIVATE_SERVICE_ACCESS"
  reserved_ip_range = "10.0.100.0/29"
}
