resource "google_compute_firewall" "egress" {
  name          = "egress"
  network       = "main"
  direction     = "EGRESS"
  source_ranges = ["10.0.0.0/8"]
  allow { protocol = "tcp" }
}
