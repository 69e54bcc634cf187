resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "run" {
  name                     = "run"
  region                   = "us-central1"
  network                  = google_compute_network.main.id
  ip_cidr_range            = "10.2.0.0/24"
  private_ip_google_access = true
}
resource "google_dns_managed_zone" "internal" {
  name       = "internal"
  dns_name   = "acme.internal."
  visibility = "private" # no private_visibility_config
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
        name  = "REDIS_HOST"
        value = "redis.acme.internal"
      }
    }
  }
}
