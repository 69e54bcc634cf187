resource "google_sql_database_instance" "main" {
  name             = "main"
  region           = "us-central1"
  database_version = "POSTGRES_15"
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680" # 400 connections
    ip_configuration {
      ipv4_enabled    = false
      private_network = "projects/acme/global/networks/main"
    }
  }
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 23 } # 23 x 2 x (10 + 15) = 1150
    vpc_access {
      network_interfaces {
        network    = "main"
        subnetwork = "run"
      }
      egress = "PRIVATE_RANGES_ONLY"
    }
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "POSTGRES_HOST"
        value = google_sql_database_instance.main.private_ip_address
      }
      env {
        name  = "DATABASE_POOL_SIZE"
        value = "10"
      }
      env {
        name  = "DATABASE_MAX_OVERFLOW"
        value = "15"
      }
    }
  }
}
