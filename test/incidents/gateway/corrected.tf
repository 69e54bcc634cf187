# I-0, corrected: HTTPS on 443 with its certificate, HTTP only to redirect, and the URL map by reference instead of by name.

provider "google" {
  project = "meta-studio"
  region  = "us-central1"
}

resource "google_cloud_run_v2_service" "app" {
  name                = "ad-studio-app"
  location            = "us-central1"
  ingress             = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  deletion_protection = false
  template {
    containers {
      image = "us-central1-docker.pkg.dev/meta-studio/apps/ad-studio:1"
    }
  }
}

resource "google_cloud_run_v2_service_iam_member" "public" {
  name     = google_cloud_run_v2_service.app.name
  location = "us-central1"
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_compute_region_network_endpoint_group" "app" {
  name                  = "ad-studio-app"
  region                = "us-central1"
  network_endpoint_type = "SERVERLESS"
  cloud_run {
    service = google_cloud_run_v2_service.app.name
  }
}

resource "google_compute_backend_service" "app" {
  name                  = "ad-studio-app"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  backend {
    group = google_compute_region_network_endpoint_group.app.id
  }
}

resource "google_compute_managed_ssl_certificate" "app" {
  name = "ad-studio-app"
  managed {
    domains = ["ad-studio-app.us-central1.meta-studio.com"]
  }
}

resource "google_compute_ssl_policy" "modern" {
  name            = "modern"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_global_address" "app" {
  name = "meta-studio"
}

resource "google_compute_url_map" "app" {
  name            = "meta-studio-ad-studio-app-spa-gateway"
  default_service = google_compute_backend_service.app.id
}

resource "google_compute_target_https_proxy" "app" {
  name             = "meta-studio"
  url_map          = google_compute_url_map.app.id
  ssl_certificates = [google_compute_managed_ssl_certificate.app.id]
  ssl_policy       = google_compute_ssl_policy.modern.id
}

resource "google_compute_global_forwarding_rule" "https" {
  name                  = "meta-studio-https"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.app.id
  target                = google_compute_target_https_proxy.app.id
  port_range            = "443"
}

resource "google_compute_url_map" "redirect" {
  name = "meta-studio-redirect"
  default_url_redirect {
    https_redirect = true
    strip_query    = false
  }
}

resource "google_compute_target_http_proxy" "redirect" {
  name    = "meta-studio-redirect"
  url_map = google_compute_url_map.redirect.id
}

resource "google_compute_global_forwarding_rule" "http" {
  name                  = "meta-studio-http"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.app.id
  target                = google_compute_target_http_proxy.redirect.id
  port_range            = "80"
}
