resource "google_compute_external_vpn_gateway" "office" {
  name            = "office"
  redundancy_type = "TWO_IPS_REDUNDANCY"

  interface {
    id         = 0
    ip_address = "198.51.100.7"
  }
}
