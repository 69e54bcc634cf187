resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "run" {
  name                     = "run"
  region                   = "us-central1"
  network                  = google_compute_network.main.id
  ip_cidr_range            = "10.2.0.0/24"
  private_ip_google_access = true
}
resource "google_redis_instance" "cache" {
  name               = "cache"
  region             = "us-central1"
  memory_size_gb     = 1
  authorized_network = google_compute_subnetwork.run.id
}
