resource "google_compute_autoscaler" "worker" {
  name   = "worker"
  zone   = "europe-west1-b"
  target = "projects/acme-orders/zones/europe-west1-b/instanceGroupManagers/worker"
  autoscaling_policy {
    min_replicas = 20
    max_replicas = 10
  }
}
