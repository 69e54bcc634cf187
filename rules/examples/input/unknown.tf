variable "max_instances" {
  type = number
}

resource "google_vpc_access_connector" "main" {
  name          = "main"
  network       = "default"
  ip_cidr_range = "10.8.0.0/28"
  min_instances = 2
  max_instances = var.max_instances
}
