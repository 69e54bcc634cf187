resource "google_service_account" "orders" {
  account_id = "orders-runtime"
}

resource "google_cloud_run_v2_service" "orders" {
  name     = "orders"
  location = "europe-west1"
  ingress  = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  template {
    service_account = google_service_account.orders.email
    containers {
      image = "europe-docker.pkg.dev/acme/images/orders"
      ports {
        name           = "h2c"
        container_port = 8080
      }
      startup_probe {
        grpc {
          port = 8080
        }
      }
    }
  }
}

resource "google_compute_region_network_endpoint_group" "orders" {
  name   = "orders"
  region = "europe-west1"
  cloud_run {
    service = google_cloud_run_v2_service.orders.name
  }
}

resource "google_compute_backend_service" "orders" {
  name                  = "orders"
  protocol              = "HTTPS" # gRPC takes HTTP2
  load_balancing_scheme = "EXTERNAL_MANAGED"
  backend {
    group = google_compute_region_network_endpoint_group.orders.id
  }
}

resource "google_cloud_run_v2_service_iam_member" "orders" {
  name     = google_cloud_run_v2_service.orders.name
  location = "europe-west1"
  role     = "roles/run.invoker"
  member   = "allUsers"
}
