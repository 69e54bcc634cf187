resource "google_storage_bucket" "states" {
  name     = "Acme_States" # lower-case letters
  location = "EU"
}
