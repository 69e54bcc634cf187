resource "google_datastream_private_connection" "orders" {
  display_name          = "orders"
  location              = "europe-west1"
  private_connection_id = "orders"
  vpc_peering_config {
    vpc    = "projects/acme/global/networks/vpc"
    subnet = "10.90.0.0/28" # a /29
  }
}
