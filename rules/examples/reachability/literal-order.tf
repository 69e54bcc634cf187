resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "app" {
  name                     = "app"
  network                  = "main"
  region                   = "europe-west1"
  ip_cidr_range            = "10.8.0.0/24"
  private_ip_google_access = true
}
