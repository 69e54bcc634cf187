resource "google_compute_instance" "legacy" {
  name         = "legacy"
  zone         = "europe-west1-c"
  machine_type = "e2-medium"
  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
  network_interface {
    network = "default"
  }
}
resource "google_compute_instance_group" "legacy" {
  name      = "legacy"
  zone      = "europe-west1-b" # the machine is in europe-west1-c
  instances = [google_compute_instance.legacy.self_link]
}
