# I-2, corrected: one network for all of it, one way out of every service, and the port of Redis let through.

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
  min_instances = 2
  max_instances = 10
}

resource "google_compute_firewall" "deny_egress" {
  name               = "staging-deny-egress"
  network            = google_compute_network.staging.name
  direction          = "EGRESS"
  priority           = 65000
  destination_ranges = ["0.0.0.0/0"]
  deny {
    protocol = "all"
  }
}

resource "google_compute_firewall" "allow_data" {
  name               = "staging-allow-data"
  network            = google_compute_network.staging.name
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = ["10.0.0.0/8"]
  allow {
    protocol = "tcp"
    ports    = ["5432", "3307", "6379"]
  }
}

resource "google_redis_instance" "cache" {
  name               = "staging-redis"
  region             = "us-central1"
  memory_size_gb     = 1
  authorized_network = google_compute_network.staging.id
}

resource "google_cloud_run_v2_service" "backend" {
  name                = "netra-backend-staging"
  location            = "us-central1"
  deletion_protection = false
  template {
    vpc_access {
      connector = google_vpc_access_connector.staging.id
      egress    = "PRIVATE_RANGES_ONLY"
    }
    containers {
      image = "us-central1-docker.pkg.dev/netra-staging/apps/backend:00750"
      env {
        name  = "REDIS_HOST"
        value = google_redis_instance.cache.host
      }
      env {
        name  = "REDIS_PORT"
        value = "6379"
      }
    }
  }
}

resource "google_cloud_run_v2_service" "auth" {
  name                = "netra-auth-staging"
  location            = "us-central1"
  deletion_protection = false
  template {
    vpc_access {
      connector = google_vpc_access_connector.staging.id
      egress    = "PRIVATE_RANGES_ONLY"
    }
    containers {
      image = "us-central1-docker.pkg.dev/netra-staging/apps/auth:00112"
      env {
        name  = "REDIS_HOST"
        value = google_redis_instance.cache.host
      }
      env {
        name  = "REDIS_PORT"
        value = "6379"
      }
    }
  }
}
