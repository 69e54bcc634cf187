resource "google_compute_target_ssl_proxy" "mail" {
  name             = "mail"
  backend_service  = google_compute_backend_service.mail.id
  ssl_certificates = ["projects/acme/global/sslCertificates/mail"]
}
resource "google_compute_backend_service" "mail" {
  name                  = "mail"
  protocol              = "HTTPS" # a proxy of HTTP takes it, this one TCP or SSL
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks         = ["projects/acme/global/healthChecks/mail"]
  backend {
    group          = "projects/acme/zones/europe-west1-b/instanceGroups/mail"
    balancing_mode = "UTILIZATION"
  }
}
