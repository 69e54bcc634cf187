resource "google_compute_vpn_gateway" "office" {
  name    = "office"
  region  = "europe-west1"
  network = "projects/acme/global/networks/main"
}
resource "google_compute_address" "office" {
  name   = "office"
  region = "europe-west1"
}
resource "google_compute_forwarding_rule" "office" {
  for_each    = { esp = ["ESP", null], ike = ["UDP", "500"], natt = ["UDP", "4500"] }
  name        = "office-${each.key}"
  region      = "europe-west1"
  ip_protocol = each.value[0]
  port_range  = each.value[1]
  ip_address  = google_compute_address.office.address
  target      = google_compute_vpn_gateway.office.id
}
variable "secret" {
  type      = string
  sensitive = true
}
resource "google_compute_vpn_tunnel" "office" { # without depends_on
  name                    = "office"
  region                  = "europe-west1"
  peer_ip                 = "203.0.113.9"
  shared_secret           = var.secret
  target_vpn_gateway      = google_compute_vpn_gateway.office.id
  local_traffic_selector  = ["10.0.0.0/8"]
  remote_traffic_selector = ["192.168.0.0/16"]
}
