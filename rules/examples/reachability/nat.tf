resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_vpc_access_connector" "main" {
  name          = "main"
  region        = "us-central1"
  network       = google_compute_network.main.name
  ip_cidr_range = "10.8.0.0/28"
  min_instances = 2
  max_instances = 10
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    vpc_access {
      connector = google_vpc_access_connector.main.id
      egress    = "ALL_TRAFFIC" # and no google_compute_router_nat
    }
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "PAYMENTS_URL"
        value = "https://api.stripe.com"
      }
    }
  }
}
