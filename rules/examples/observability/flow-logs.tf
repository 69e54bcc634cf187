resource "google_compute_subnetwork" "app" {
  name          = "app"
  region        = "europe-west1"
  network       = "projects/acme-orders/global/networks/main"
  ip_cidr_range = "10.10.0.0/20"
  log_config {
    flow_sampling = 50 # 0.5
  }
}
