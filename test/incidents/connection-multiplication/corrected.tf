# I-3, corrected: 23 instances x 2 revisions x (5 + 3) = 368 connections of 400; what starts slowly says so in its own
# start-up probe, and the load balancer has neither a timeout nor a health check.

provider "google" {
  project = "netra-staging"
  region  = "us-central1"
}

resource "google_compute_network" "staging" {
  name                    = "staging-vpc"
  auto_create_subnetworks = false
}

resource "google_vpc_access_connector" "staging" {
  name          = "staging-connector"
  network       = google_compute_network.staging.name
  ip_cidr_range = "10.1.0.0/28"
  machine_type  = "e2-standard-4"
  min_instances = 2
  max_instances = 10
}

resource "google_sql_database_instance" "shared" {
  name             = "staging-shared-postgres"
  database_version = "POSTGRES_15"
  region           = "us-central1"
  settings {
    tier    = "db-custom-2-7680"
    edition = "ENTERPRISE"
    database_flags {
      name  = "max_connections"
      value = "400"
    }
  }
}

resource "google_service_account" "backend" {
  account_id = "netra-backend-staging"
}

resource "google_project_iam_member" "backend_database" {
  project = "netra-staging"
  role    = "roles/cloudsql.client"
  member  = "serviceAccount:${google_service_account.backend.email}"
}

resource "google_cloud_run_v2_service" "backend" {
  name                = "netra-backend-staging"
  location            = "us-central1"
  ingress             = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  deletion_protection = false
  template {
    service_account = google_service_account.backend.email
    timeout         = "600s"
    scaling {
      max_instance_count = 23
    }
    vpc_access {
      connector = google_vpc_access_connector.staging.id
      egress    = "PRIVATE_RANGES_ONLY"
    }
    volumes {
      name = "cloudsql"
      cloud_sql_instance {
        instances = [google_sql_database_instance.shared.connection_name]
      }
    }
    containers {
      image = "us-central1-docker.pkg.dev/netra-staging/apps/backend:00750"
      volume_mounts {
        name       = "cloudsql"
        mount_path = "/cloudsql"
      }
      startup_probe {
        period_seconds    = 10
        timeout_seconds   = 5
        failure_threshold = 60
        http_get {
          path = "/health"
        }
      }
      env {
        name  = "POSTGRES_HOST"
        value = "/cloudsql/netra-staging:us-central1:staging-shared-postgres"
      }
      env {
        name  = "DATABASE_POOL_SIZE"
        value = "5"
      }
      env {
        name  = "DATABASE_MAX_OVERFLOW"
        value = "3"
      }
      env {
        name  = "CLICKHOUSE_URL"
        value = "https://play.clickhouse.example:8443"
      }
    }
  }

  depends_on = [google_project_iam_member.backend_database]
}

resource "google_cloud_run_v2_service_iam_member" "public" {
  name     = google_cloud_run_v2_service.backend.name
  location = "us-central1"
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_compute_region_network_endpoint_group" "backend" {
  name                  = "netra-backend-staging"
  region                = "us-central1"
  network_endpoint_type = "SERVERLESS"
  cloud_run {
    service = google_cloud_run_v2_service.backend.name
  }
}

resource "google_compute_backend_service" "backend" {
  name                  = "netra-backend-staging"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  backend {
    group = google_compute_region_network_endpoint_group.backend.id
  }
}

resource "google_compute_managed_ssl_certificate" "staging" {
  name = "staging"
  managed {
    domains = ["staging.netrasystems.ai", "api-staging.netrasystems.ai"]
  }
}

resource "google_compute_url_map" "staging" {
  name            = "staging"
  default_service = google_compute_backend_service.backend.id
}

resource "google_compute_target_https_proxy" "staging" {
  name             = "staging"
  url_map          = google_compute_url_map.staging.id
  ssl_certificates = [google_compute_managed_ssl_certificate.staging.id]
}

resource "google_compute_global_forwarding_rule" "https" {
  name                  = "staging-https"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  target                = google_compute_target_https_proxy.staging.id
  port_range            = "443"
}
