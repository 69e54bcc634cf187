resource "google_monitoring_dashboard" "platform" {
  dashboard_json = jsonencode({
    displayName = "platform"
    gridLayout = { widgets = [{ xyChart = { dataSets = [{ timeSeriesQuery = { timeSeriesFilter = {
      filter = "metric.type=\"vpcaccess.googleapis.com/connector/throughput\" AND resource.type=\"vpc_access_connector\""
    } } }] } }] }
  })
}
