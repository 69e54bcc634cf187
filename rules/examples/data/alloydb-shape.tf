resource "google_alloydb_instance" "readers" {
  cluster       = "projects/acme-orders/locations/europe-west1/clusters/orders"
  instance_id   = "readers"
  instance_type = "READ_POOL"

  machine_config {
    cpu_count = 4
  }
}
