resource "google_monitoring_dashboard" "platform" {
  dashboard_json = "{ \"displayName\": \"platform\", }"
}
