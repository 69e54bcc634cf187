resource "google_compute_subnetwork" "psc" {
  name          = "psc"
  network       = "projects/acme-orders/global/networks/main"
  region        = "europe-west1"
  ip_cidr_range = "10.20.0.0/24"
}

resource "google_compute_service_attachment" "orders" {
  name                  = "orders"
  region                = "europe-west1"
  connection_preference = "ACCEPT_AUTOMATIC"
  enable_proxy_protocol = false
  nat_subnets           = [google_compute_subnetwork.psc.id]
  target_service        = "projects/acme-orders/regions/europe-west1/forwardingRules/orders"
}
