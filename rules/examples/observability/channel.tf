resource "google_monitoring_notification_channel" "ops" {
  type   = "email"
  labels = { address = "ops@example.com" }
}
