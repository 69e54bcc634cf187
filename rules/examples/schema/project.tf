resource "google_compute_network" "main" {
  name                    = "main"
  project                 = "Acme Production" # its name, and not its id acme-production
  auto_create_subnetworks = false
}
