resource "google_vpc_access_connector" "main" {
  name          = "main"
  region        = "us-central1"
  network       = "default"
  ip_cidr_range = "10.8.0.0/28"
  min_instances = 2
  max_instances = 3 # 300 Mbit/s
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 20 } # 40 instances during a rollout
    vpc_access {
      connector = google_vpc_access_connector.main.id
      egress    = "PRIVATE_RANGES_ONLY"
    }
    containers { image = "us-docker.pkg.dev/acme/apps/api:1" }
  }
}
