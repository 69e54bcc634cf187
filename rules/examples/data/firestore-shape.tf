resource "google_firestore_database" "orders" {
  name        = "orders"
  location_id = "eu" # eur3
  type        = "FIRESTORE_NATIVE"
}
