resource "google_vpc_access_connector" "main" {
  name          = "staging-connector"
  region        = "us-central1"
  network       = "default"
  ip_cidr_range = "10.1.0.0/28"
  min_instances = 3
  max_instances = 15
}
