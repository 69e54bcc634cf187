resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "main" {
  name          = "main"
  network       = google_compute_network.main.id
  region        = "europe-west1"
  ip_cidr_range = "10.10.0.0/24"
}

resource "google_compute_subnetwork" "proxies" {
  name          = "proxies"
  network       = google_compute_network.main.id
  region        = "europe-west1"
  purpose       = "REGIONAL_MANAGED_PROXY"
  role          = "ACTIVE"
  ip_cidr_range = "10.20.0.0/23" # not in source_ranges of the rule
}

resource "google_compute_instance_template" "web" {
  name         = "web"
  machine_type = "e2-small"

  disk {
    source_image = "debian-cloud/debian-12"
  }

  network_interface {
    subnetwork = google_compute_subnetwork.main.id
  }
}

resource "google_compute_region_instance_group_manager" "web" {
  name               = "web"
  region             = "europe-west1"
  base_instance_name = "web"
  target_size        = 2

  version {
    instance_template = google_compute_instance_template.web.id
  }

  named_port {
    name = "http"
    port = 8080
  }
}

resource "google_compute_region_health_check" "web" {
  name   = "web"
  region = "europe-west1"

  http_health_check {
    port = 8080
  }
}

resource "google_compute_firewall" "web" {
  name          = "web"
  network       = google_compute_network.main.id
  source_ranges = ["130.211.0.0/22", "35.191.0.0/16"]

  allow {
    protocol = "tcp"
    ports    = ["8080"]
  }
}

resource "google_compute_region_backend_service" "web" {
  name                  = "web"
  region                = "europe-west1"
  protocol              = "HTTP"
  port_name             = "http"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks         = [google_compute_region_health_check.web.id]

  backend {
    group = google_compute_region_instance_group_manager.web.instance_group
  }
}
