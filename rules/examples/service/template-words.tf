resource "google_cloud_run_v2_service" "model" {
  name     = "model"
  location = "europe-west4"
  template {
    service_account = "model@acme-orders.iam.gserviceaccount.com"
    node_selector {
      accelerator = "nvidia-tesla-t4" # nvidia-l4
    }
    containers {
      image = "europe-west4-docker.pkg.dev/acme-orders/apps/model:1"
    }
  }
}
