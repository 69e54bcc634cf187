resource "google_compute_network" "vpc" {
  name                    = "vpc"
  auto_create_subnetworks = false
  mtu                     = 9000 # at most 8896
}
