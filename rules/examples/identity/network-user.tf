resource "google_compute_shared_vpc_service_project" "shop" {
  host_project    = "acme-host"
  service_project = "acme-shop"
}
resource "google_cloud_run_v2_service" "api" {
  project  = "acme-shop"
  name     = "api"
  location = "europe-west1"
  template {
    service_account = "api@acme-shop.iam.gserviceaccount.com"
    containers {
      image = "europe-west1-docker.pkg.dev/acme-shop/images/api:1"
    }
    vpc_access {
      network_interfaces {
        network    = "projects/acme-host/global/networks/main"
        subnetwork = "projects/acme-host/regions/europe-west1/subnetworks/run" # nothing grants its use
      }
    }
  }
}
