resource "google_vpc_access_connector" "main" {
  name           = "main"
  region         = "us-central1"
  network        = "default"
  ip_cidr_range  = "10.1.0.0/28"
  min_throughput = 250
  max_throughput = 1000
}
