resource "google_compute_subnetwork" "run" {
  name          = "run"
  region        = "us-central1"
  network       = "main"
  ip_cidr_range = "10.2.0.0/26" # 60 usable addresses
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 20 } # 20 x 2 x 2 = 80 addresses
    vpc_access {
      network_interfaces { subnetwork = google_compute_subnetwork.run.id }
    }
    containers { image = "us-docker.pkg.dev/acme/apps/api:1" }
  }
}
