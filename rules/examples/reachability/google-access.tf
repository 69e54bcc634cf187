resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "run" {
  name          = "run"
  region        = "us-central1"
  network       = google_compute_network.main.id # private_ip_google_access is not set
  ip_cidr_range = "10.2.0.0/24"
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
        name  = "BUCKET_URL"
        value = "https://storage.googleapis.com/acme"
      }
    }
  }
}
