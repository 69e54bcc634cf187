resource "google_monitoring_dashboard" "platform" {
  dashboard_json = jsonencode({
    displayName  = "platform"
    mosaicLayout = { columns = 12, tiles = [{ xPos = 8, width = 6, height = 4, widget = { title = "Requests" } }] }
  })
}
