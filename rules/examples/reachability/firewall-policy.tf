resource "google_compute_network_firewall_policy" "base" {
  name = "base"
}
resource "google_compute_network_firewall_policy_rule" "internal" {
  firewall_policy = google_compute_network_firewall_policy.base.name
  priority        = 1000
  direction       = "INGRESS"
  action          = "allow"
  match {
    src_ip_ranges = ["10.0.0.0/8"]
    layer4_configs {
      ip_protocol = "tcp"
    }
  }
}
resource "google_compute_network_firewall_policy_rule" "others" {
  firewall_policy = google_compute_network_firewall_policy.base.name
  priority        = 1000 # taken by "internal"
  direction       = "INGRESS"
  action          = "deny"
  match {
    src_ip_ranges = ["0.0.0.0/0"]
    layer4_configs {
      ip_protocol = "all"
    }
  }
}
