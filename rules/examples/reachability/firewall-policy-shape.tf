resource "google_compute_network_firewall_policy_rule" "inspect" {
  firewall_policy = "base"
  priority        = 1000
  direction       = "INGRESS"
  action          = "apply_security_profile_group" # and no security_profile_group
  match {
    src_ip_ranges = ["10.0.0.0/8"]
    layer4_configs {
      ip_protocol = "tcp"
    }
  }
}
