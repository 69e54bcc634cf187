resource "google_compute_route" "internet" {
  name             = "internet"
  network          = "default"
  dest_range       = "0.0.0.0/0"
  next_hop_gateway = "default-internet-gateway"
  next_hop_ip      = "10.132.1.5"
}
