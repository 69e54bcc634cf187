resource "google_compute_network" "main" {
  name                            = "main"
  auto_create_subnetworks         = false
  delete_default_routes_on_create = true
}
resource "google_compute_subnetwork" "run" {
  name                     = "run"
  region                   = "us-central1"
  network                  = google_compute_network.main.id
  ip_cidr_range            = "10.2.0.0/24"
  private_ip_google_access = true
}
resource "google_compute_router" "main" {
  name    = "main"
  region  = "us-central1"
  network = google_compute_network.main.id
}
resource "google_compute_router_nat" "main" {
  name                               = "main"
  router                             = google_compute_router.main.name
  region                             = "us-central1"
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 2 }
    vpc_access {
      network_interfaces { subnetwork = google_compute_subnetwork.run.id }
      egress = "ALL_TRAFFIC"
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
