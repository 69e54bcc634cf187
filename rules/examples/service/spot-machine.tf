resource "google_compute_instance_template" "worker" {
  name         = "worker"
  machine_type = "e2-standard-4"
  disk {
    source_image = "debian-cloud/debian-12"
  }
  network_interface {
    network = "projects/acme-orders/global/networks/main"
  }
  scheduling {
    provisioning_model = "SPOT"
    preemptible        = true
    automatic_restart  = true
  }
}
