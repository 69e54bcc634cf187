resource "google_redis_instance" "cache" {
  name               = "cache"
  project            = "acme-orders"
  region             = "europe-west3"
  memory_size_gb     = 2
  authorized_network = "projects/acme-host/global/networks/shared"
}
