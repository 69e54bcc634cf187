resource "google_compute_instance_group" "web" {
  name = "web"
  zone = "us-central1-b" # the backend service is in europe-west1
}
resource "google_compute_region_health_check" "web" {
  name   = "web"
  region = "europe-west1"
  tcp_health_check {
    port = 8080
  }
}
resource "google_compute_region_backend_service" "web" {
  name                  = "web"
  region                = "europe-west1"
  protocol              = "TCP"
  load_balancing_scheme = "INTERNAL"
  health_checks         = [google_compute_region_health_check.web.id]
  backend {
    group          = google_compute_instance_group.web.id
    balancing_mode = "CONNECTION"
  }
}
