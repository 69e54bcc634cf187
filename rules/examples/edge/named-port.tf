resource "google_compute_region_instance_group_manager" "web" {
  name               = "web"
  region             = "europe-west1"
  base_instance_name = "web"
  target_size        = 2

  version {
    instance_template = "projects/acme-orders/global/instanceTemplates/web"
  }

  named_port {
    name = "http"
    port = 8080
  }
}

resource "google_compute_backend_service" "web" {
  name                  = "web"
  protocol              = "HTTP"
  port_name             = "web"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks         = ["projects/acme-orders/global/healthChecks/web"]

  backend {
    group = google_compute_region_instance_group_manager.web.instance_group
  }
}
