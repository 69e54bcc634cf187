resource "google_spanner_instance" "orders" {
  name             = "orders"
  config           = "regional-europe-west1"
  display_name     = "Orders"
  processing_units = 1500 # a multiple of 1000
}
