resource "google_kms_key_ring" "main" {
  name     = "main"
  location = "europe-west1"
}
resource "google_kms_crypto_key" "images" {
  name     = "images"
  key_ring = google_kms_key_ring.main.id
}
resource "google_artifact_registry_repository" "images" {
  repository_id = "images"
  location      = "europe-west1"
  format        = "DOCKER"
  kms_key_name  = google_kms_crypto_key.images.id # nothing grants its use
}
