# I-1, #1278 capacity, as it was proposed: "--min-instances=3 --max-instances=15" for the one connector of all services.

locals {
  project = "netra-staging"
  region  = "us-central1"
  secrets = [
    "postgres-password", "redis-auth", "jwt-secret-key", "fernet-key", "service-secret",
    "google-client-id", "google-client-secret", "oauth-hmac-secret", "anthropic-api-key", "clickhouse-password",
  ]
}

provider "google" {
  project = local.project
  region  = local.region
}

resource "google_compute_network" "staging" {
  name                    = "staging-vpc"
  auto_create_subnetworks = false
}

resource "google_vpc_access_connector" "staging" {
  name          = "staging-connector"
  network       = google_compute_network.staging.name
  ip_cidr_range = "10.1.0.0/28"
  machine_type  = "e2-micro"
  min_instances = 3
  max_instances = 15
}

resource "google_secret_manager_secret" "required" {
  for_each  = toset(local.secrets)
  secret_id = each.key
  replication {
    auto {}
  }
}

resource "google_service_account" "backend" {
  account_id = "netra-backend-staging"
}

resource "google_secret_manager_secret_iam_member" "backend" {
  for_each  = google_secret_manager_secret.required
  secret_id = each.value.id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${google_service_account.backend.email}"
}

resource "google_cloud_run_v2_service" "backend" {
  name                = "netra-backend-staging"
  location            = local.region
  deletion_protection = false

  template {
    service_account                  = google_service_account.backend.email
    max_instance_request_concurrency = 80
    timeout                          = "300s"

    scaling {
      min_instance_count = 1
      max_instance_count = 23
    }

    vpc_access {
      connector = google_vpc_access_connector.staging.id
      egress    = "PRIVATE_RANGES_ONLY"
    }

    containers {
      image = "us-central1-docker.pkg.dev/netra-staging/apps/backend:00750"
      resources {
        limits = { cpu = "2", memory = "2Gi" }
      }
      dynamic "env" {
        for_each = google_secret_manager_secret.required
        content {
          name = upper(replace(env.key, "-", "_"))
          value_source {
            secret_key_ref {
              secret  = env.value.secret_id
              version = "1"
            }
          }
        }
      }
    }
  }

  depends_on = [google_secret_manager_secret_iam_member.backend]
}
