resource "google_network_management_connectivity_test" "redis" {
  name     = "to-redis"
  protocol = "TCP"
  source {
    ip_address = "10.9.0.2"
    network    = "projects/acme/global/networks/main"
  }
  destination {
    ip_address = "10.20.0.3"
    port       = 637900 # at most 65535
  }
}
