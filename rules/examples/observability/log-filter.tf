resource "google_logging_metric" "refused" {
  name   = "refused"
  filter = "resource.type == \"cloud_run_revision\" && severity >= ERROR" # = and AND
}
