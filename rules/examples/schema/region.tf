resource "google_compute_address" "orders" {
  name   = "orders"
  region              = "europe-west1-b"
}
