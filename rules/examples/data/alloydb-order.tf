resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_compute_global_address" "services" {
  name          = "services"
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 16
  network       = google_compute_network.main.id
}

resource "google_service_networking_connection" "services" {
  network                 = google_compute_network.main.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services.name]
}

resource "google_alloydb_cluster" "orders" {
  cluster_id = "orders"
  location   = "europe-west1"

  network_config {
    network = google_compute_network.main.id
  }

  depends_on = [google_service_networking_connection.services]
}

resource "google_alloydb_instance" "primary" {
  cluster       = google_alloydb_cluster.orders.name
  instance_id   = "primary"
  instance_type = "PRIMARY"
}

resource "google_alloydb_instance" "readers" {
  cluster       = google_alloydb_cluster.orders.name
  instance_id   = "readers"
  instance_type = "READ_POOL"

  read_pool_config {
    node_count = 2
  }
}
