resource "google_compute_disk" "data" {
  name = "data"
  zone = "europe-west1-c"
  size = 100
}
resource "google_compute_instance" "worker" {
  name         = "worker"
  zone         = "europe-west1-b" # the disk is in europe-west1-c
  machine_type = "e2-medium"
  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
  attached_disk {
    source = google_compute_disk.data.id
  }
  network_interface {
    network = "default"
  }
}
