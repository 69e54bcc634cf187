# I-4, corrected: one deadline and one instance, each stated once.

provider "google" {
  project = "netra-staging"
  region  = "us-central1"
}

variable "database_init_timeout" {
  default = 75
}

resource "google_vpc_access_connector" "staging" {
  name          = "staging-connector"
  network       = "default"
  ip_cidr_range = "10.1.0.0/28"
  min_instances = 2
  max_instances = 10
}

resource "google_sql_database_instance" "shared" {
  name             = "staging-shared-postgres"
  database_version = "POSTGRES_15"
  region           = "us-central1"
  settings {
    tier = "db-custom-2-7680"
  }
}

resource "google_service_account" "services" {
  account_id = "netra-services-staging"
}

resource "google_project_iam_member" "database" {
  project = "netra-staging"
  role    = "roles/cloudsql.client"
  member  = "serviceAccount:${google_service_account.services.email}"
}

resource "google_cloud_run_v2_service" "auth" {
  name                = "netra-auth-staging"
  location            = "us-central1"
  deletion_protection = false
  template {
    service_account = google_service_account.services.email
    scaling {
      max_instance_count = 4
    }
    vpc_access {
      connector = google_vpc_access_connector.staging.id
      egress    = "PRIVATE_RANGES_ONLY"
    }
    containers {
      image = "us-central1-docker.pkg.dev/netra-staging/apps/auth:00112"
      env {
        name  = "CLOUD_SQL_INSTANCE"
        value = google_sql_database_instance.shared.connection_name
      }
      env {
        name  = "DATABASE_INIT_TIMEOUT_SECONDS"
        value = var.database_init_timeout
      }
      startup_probe {
        period_seconds    = 10
        timeout_seconds   = 5
        failure_threshold = 60
        http_get {
          path = "/health"
        }
      }
    }
  }
}

resource "google_cloud_run_v2_service" "backend" {
  name                = "netra-backend-staging"
  location            = "us-central1"
  deletion_protection = false
  template {
    service_account = google_service_account.services.email
    scaling {
      max_instance_count = 4
    }
    vpc_access {
      connector = google_vpc_access_connector.staging.id
      egress    = "PRIVATE_RANGES_ONLY"
    }
    containers {
      image = "us-central1-docker.pkg.dev/netra-staging/apps/backend:00750"
      env {
        name  = "CLOUD_SQL_INSTANCE"
        value = google_sql_database_instance.shared.connection_name
      }
      env {
        name  = "DATABASE_INIT_TIMEOUT_SECONDS"
        value = var.database_init_timeout
      }
      startup_probe {
        period_seconds    = 10
        timeout_seconds   = 5
        failure_threshold = 60
        http_get {
          path = "/health"
        }
      }
    }
  }
}

resource "google_cloud_run_v2_service" "chat" {
  name                = "netra-chat-staging"
  location            = "us-central1"
  deletion_protection = false
  template {
    service_account = google_service_account.services.email
    scaling {
      max_instance_count = 4
    }
    vpc_access {
      connector = google_vpc_access_connector.staging.id
      egress    = "PRIVATE_RANGES_ONLY"
    }
    containers {
      image = "us-central1-docker.pkg.dev/netra-staging/apps/chat:00031"
      env {
        name  = "CLOUD_SQL_INSTANCE"
        value = google_sql_database_instance.shared.connection_name
      }
      env {
        name  = "DATABASE_INIT_TIMEOUT_SECONDS"
        value = var.database_init_timeout
      }
      startup_probe {
        period_seconds    = 10
        timeout_seconds   = 5
        failure_threshold = 60
        http_get {
          path = "/health"
        }
      }
    }
  }
}
