resource "google_compute_subnetwork" "main" {
  name          = "main"
  network       = "projects/acme-orders/global/networks/main"
  region        = "europe-west1"
  ip_cidr_range = "10.10.0.0/20"

  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = "10.64.0.0/21"
  }

  secondary_ip_range {
    range_name    = "services"
    ip_cidr_range = "10.65.0.0/24"
  }
}

resource "google_container_cluster" "main" {
  name                     = "main"
  location                 = "europe-west1"
  network                  = "projects/acme-orders/global/networks/main"
  subnetwork               = google_compute_subnetwork.main.id
  initial_node_count       = 1
  remove_default_node_pool = true

  ip_allocation_policy {
    cluster_secondary_range_name  = "pods"
    services_secondary_range_name = "services"
  }
}

resource "google_container_node_pool" "main" {
  name     = "main"
  cluster  = google_container_cluster.main.id
  location = "europe-west1"

  autoscaling {
    min_node_count = 1
    max_node_count = 5
  }
}
