resource "google_compute_subnetwork" "producers" {
  name          = "producers"
  region        = "europe-west4" # the attachment is in europe-west1
  network       = "projects/acme/global/networks/main"
  ip_cidr_range = "10.0.0.0/24"
}
resource "google_compute_network_attachment" "producers" {
  name                  = "producers"
  region                = "europe-west1"
  connection_preference = "ACCEPT_AUTOMATIC"
  subnetworks           = [google_compute_subnetwork.producers.id]
}
