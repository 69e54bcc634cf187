resource "google_certificate_manager_certificate_issuance_config" "internal" {
  name                       = "internal"
  key_algorithm              = "ECDSA_P256"
  rotation_window_percentage = 34
  lifetime                   = "86400s" # 21 to 30 days
  certificate_authority_config {
    certificate_authority_service_config {
      ca_pool = "projects/acme/locations/europe-west1/caPools/internal"
    }
  }
}
