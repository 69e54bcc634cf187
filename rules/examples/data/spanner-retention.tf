resource "google_spanner_database" "orders" {
  instance                 = "orders"
  name                     = "orders"
  version_retention_period = "30d" # at most 7d
}
