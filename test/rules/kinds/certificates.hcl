=== lifetime of an issuance config
=> error edge/certificate-issuance: lifetime is 86400 s
resource "google_certificate_manager_certificate_issuance_config" "c" {
  name = "c"
  rotation_window_percentage = 34
  key_algorithm = "ECDSA_P256"
  lifetime = "«86400s¦1814400s»"
  certificate_authority_config { 
    certificate_authority_service_config { ca_pool = "projects/acme-prod/locations/europe-west1/caPools/p" } 
  }
}

=== entry with five certificates
=> error edge/certificate-map: certificates has 5 entries
resource "google_certificate_manager_certificate_map_entry" "e" {
  name = "e"
  map = "m"
  hostname = "acme.com"
  certificates = [for i in range(«5¦4») : "projects/acme-prod/locations/global/certificates/c${i}"]
}

=== domain with an underscore
=> error edge/certificate-domains: managed.domains contains "my_app.acme.com"
resource "google_compute_managed_ssl_certificate" "c" {
  name = "c"
  managed { domains = ["«my_app¦my-app».acme.com"] }
}
