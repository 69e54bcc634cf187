resource "google_kms_key_ring" "main" {
  name     = "main"
  location = "us-central1" # the database is in europe-west1
}
resource "google_kms_crypto_key" "database" {
  name     = "database"
  key_ring = google_kms_key_ring.main.id
}
resource "google_kms_crypto_key_iam_member" "database" {
  crypto_key_id = google_kms_crypto_key.database.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-123456789012@gcp-sa-cloud-sql.iam.gserviceaccount.com"
}
resource "google_sql_database_instance" "main" {
  name                = "main"
  database_version    = "POSTGRES_15"
  region              = "europe-west1"
  encryption_key_name = google_kms_crypto_key.database.id
  settings {
    tier = "db-custom-2-7680"
    backup_configuration {
      enabled = true
    }
  }
}
