resource "google_kms_crypto_key" "releases" {
  name            = "releases"
  key_ring        = "projects/acme/locations/europe-west1/keyRings/releases"
  purpose         = "ASYMMETRIC_SIGN"
  rotation_period = "7776000s" # of symmetric keys only
  version_template {
    algorithm = "EC_SIGN_P256_SHA256"
  }
}
