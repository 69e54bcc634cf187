resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "run" {
  name                     = "run"
  region                   = "europe-west1"
  network                  = google_compute_network.main.id
  ip_cidr_range            = "10.8.0.0/22"
  private_ip_google_access = true
}
resource "google_compute_address" "nat" {
  name   = "nat"
  region = "europe-west1"
}
resource "google_compute_router" "main" {
  name    = "main"
  region  = "europe-west1"
  network = google_compute_network.main.id
}
resource "google_compute_router_nat" "main" {
  name                               = "main"
  router                             = google_compute_router.main.name
  region                             = "europe-west1"
  nat_ip_allocate_option             = "MANUAL_ONLY"
  nat_ips                            = [google_compute_address.nat.self_link]
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
  min_ports_per_vm                   = 4096 # 15 instances
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling {
      max_instance_count = 100
    }
    vpc_access {
      egress = "ALL_TRAFFIC"
      network_interfaces {
        network    = google_compute_network.main.id
        subnetwork = google_compute_subnetwork.run.id
      }
    }
    containers {
      image = "europe-west1-docker.pkg.dev/acme/images/api:1"
    }
  }
}
