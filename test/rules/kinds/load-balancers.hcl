=== backend capacity on an internal passthrough
=> error edge/backend-service: backend.capacity_scaler is 0.5 with scheme INTERNAL
resource "google_compute_region_health_check" "h" {
  name = "db-check"
  region = "europe-west1"
  tcp_health_check { port = 5432 }
}
resource "google_compute_region_backend_service" "b" {
  name                  = "db"
  region                = "europe-west1"
  protocol              = "TCP"
  load_balancing_scheme = "INTERNAL"
  health_checks         = [google_compute_region_health_check.h.id]
  backend {
    group          = "projects/acme-prod/zones/europe-west1-b/instanceGroups/g"
    balancing_mode = "CONNECTION"
    «capacity_scaler = 0.5¦»
  }
}

=== PSC NEG behind a health check
=> error edge/psc-neg: health_checks is set with the backend google_compute_region_network_endpoint_group.n of type PRIVATE_SERVICE_CONNECT
resource "google_compute_region_network_endpoint_group" "n" {
  name = "psc"
  region = "europe-west1"
  network_endpoint_type = "PRIVATE_SERVICE_CONNECT"
  psc_target_service = "projects/other/regions/europe-west1/serviceAttachments/a"
  network = "projects/acme-prod/global/networks/vpc"
  subnetwork = "projects/acme-prod/regions/europe-west1/subnetworks/s"
}
resource "google_compute_backend_service" "b" {
  name                  = "psc"
  protocol              = "HTTPS"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  «health_checks = ["projects/acme-prod/global/healthChecks/h"]¦»
  backend { group = google_compute_region_network_endpoint_group.n.id }
}

=== IAP with a client but no secret
=> error edge/backend-service: iap.oauth2_client_secret is not set with iap.oauth2_client_id "123.apps.googleusercontent.com" and without iap.oauth2_client_secret_sha256 or iap.oauth2_client_secret_wo
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "HTTP"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  iap {
    enabled = true
    oauth2_client_id = "123.apps.googleusercontent.com"
    «¦oauth2_client_secret = var.secret»
  }
}
variable "secret" { 
  type = string 
  sensitive = true 
}

=== outlier detection on a classic balancer
=> error edge/backend-service: outlier_detection is set and load_balancing_scheme is "EXTERNAL"
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "HTTP"
  load_balancing_scheme = "«EXTERNAL¦EXTERNAL_MANAGED»"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  outlier_detection { consecutive_errors = 5 }
}

=== affinity cookie ttl above two weeks
=> error edge/backend-service: affinity_cookie_ttl_sec is 2592000
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "HTTP"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  session_affinity = "GENERATED_COOKIE"
  affinity_cookie_ttl_sec = «2592000¦1209600»
}

=== draining longer than an hour
=> error edge/backend-service: connection_draining_timeout_sec is 7200
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "HTTP"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  connection_draining_timeout_sec = «7200¦3600»
}

=== weights of a route that sum to nothing
=> error edge/url-map-routes: default_route_action.weighted_backend_services[0].weight is 1500
resource "google_compute_url_map" "m" {
  name = "m"
  default_route_action {
    weighted_backend_services { 
      backend_service = "projects/acme-prod/global/backendServices/a" 
      weight = «1500¦900»
    }
    weighted_backend_services { 
      backend_service = "projects/acme-prod/global/backendServices/b" 
      weight = 100
    }
  }
}

=== target pool style TCP proxy with unsupported port header
=> error edge/proxy-protocol: protocol of its backend service google_compute_backend_service.b is HTTPS
resource "google_compute_target_ssl_proxy" "p" {
  name = "p"
  backend_service = google_compute_backend_service.b.id
  ssl_certificates = ["projects/acme-prod/global/sslCertificates/c"]
}
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "«HTTPS¦SSL»"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
}
