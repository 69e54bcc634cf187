resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_global_address" "services" {
  name          = "services"
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 20
  network       = google_compute_network.main.id
}
resource "google_service_networking_connection" "main" {
  network                 = google_compute_network.main.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services.name]
}
resource "google_compute_subnetwork" "run" {
  name                     = "run"
  region                   = "us-central1"
  network                  = google_compute_network.main.id
  ip_cidr_range            = "10.2.0.0/24"
  private_ip_google_access = true
}
resource "google_sql_database_instance" "orders" {
  name             = "orders"
  region           = "us-central1"
  database_version = "POSTGRES_15"
  depends_on       = [google_service_networking_connection.main]
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680"
    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.main.id
    }
  }
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 2 }
    vpc_access {
      network_interfaces { subnetwork = google_compute_subnetwork.run.id }
      egress = "PRIVATE_RANGES_ONLY"
    }
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "POSTGRES_HOST"
        value = google_sql_database_instance.orders.private_ip_address
      }
      env {
        name  = "POSTGRES_PORT"
        value = "5433"
      }
    }
  }
}
