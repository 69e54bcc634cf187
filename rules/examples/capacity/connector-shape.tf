resource "google_vpc_access_connector" "main" {
  name          = "production-serverless-connector" # 31 characters
  region        = "us-central1"
  network       = "default"
  ip_cidr_range = "10.1.0.0/28"
  min_instances = 2
  max_instances = 10
}
