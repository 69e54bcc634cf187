resource "google_compute_subnetwork" "app" {
  name          = "app"
  region        = "europe-west1"
  network       = "projects/acme-orders/global/networks/main"
  ip_cidr_range = "10.10.0.0/20"
}
resource "google_compute_instance" "worker" {
  name         = "worker"
  machine_type = "e2-small"
  zone         = "europe-west4-a" # the subnet is in europe-west1
  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
  network_interface {
    subnetwork = google_compute_subnetwork.app.id
  }
}
