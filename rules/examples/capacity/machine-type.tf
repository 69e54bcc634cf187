resource "google_compute_instance" "worker" {
  name         = "worker"
  zone         = "europe-west1-b"
  machine_type = "e2-standard-6" # 2, 4, 8, 16 or 32
  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
  network_interface {
    network = "default"
  }
}
