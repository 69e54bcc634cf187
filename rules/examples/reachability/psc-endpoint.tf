resource "google_compute_address" "database" {
  name         = "database"
  region       = "europe-west1"
  address_type = "INTERNAL"
  subnetwork   = "projects/acme-orders/regions/europe-west1/subnetworks/main"
}

resource "google_compute_forwarding_rule" "database" {
  name       = "database"
  region     = "europe-west1"
  network    = "projects/acme-orders/global/networks/main"
  ip_address = google_compute_address.database.id
  target     = "projects/acme-data/regions/europe-west1/serviceAttachments/orders"
}
