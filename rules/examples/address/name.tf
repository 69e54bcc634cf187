resource "google_compute_network" "main" {
  name = "Staging_VPC"
}
