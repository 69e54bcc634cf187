resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_global_address" "services" {
  name          = "services"
  purpose       = "VPC_PEERING"
  prefix_length = 16
  network       = google_compute_network.main.id # address_type is EXTERNAL by default
}
