resource "google_service_account" "api" {
  account_id = "api-runtime"
}

resource "google_service_account_key" "api" {
  service_account_id = google_service_account.api.name
}
