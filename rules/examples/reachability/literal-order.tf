resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_compute_router" "main" {
  name    = "main"
  region  = "europe-west1"
  network = "main"
}
