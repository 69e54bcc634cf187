resource "google_app_engine_application" "app" {
  project     = "acme-orders"
  location_id = "europe-west1"
}
