# I-0, PROD-LAT-001, as far as Terraform can express it: the entry listens on HTTP 80 only, and the routing names a gateway that
# does not exist. The incident itself was in Kubernetes manifests (Istio Gateway and VirtualService), which no Terraform holds.

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

resource "google_compute_url_map" "app" {
  name            = "meta-studio-gateway"
  default_service = google_compute_backend_service.app.id
}

resource "google_compute_target_http_proxy" "app" {
  name    = "meta-studio"
  url_map = "projects/meta-studio/global/urlMaps/meta-studio-ad-studio-app-spa-gateway"
}

resource "google_compute_global_forwarding_rule" "http" {
  name                  = "meta-studio-http"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  target                = google_compute_target_http_proxy.app.id
  port_range            = "80"
}
