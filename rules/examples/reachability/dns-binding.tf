resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_dns_policy" "inbound" {
  name                      = "inbound"
  enable_inbound_forwarding = true
  networks {
    network_url = google_compute_network.main.id
  }
}
resource "google_dns_policy" "logging" {
  name           = "logging"
  enable_logging = true
  networks {
    network_url = google_compute_network.main.id # it has the policy "inbound"
  }
}
