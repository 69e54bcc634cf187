resource "google_monitoring_uptime_check_config" "api" {
  display_name = "api"
  timeout      = "90s"
  period       = "300s"
  http_check {
    path    = "/health"
    port    = 443
    use_ssl = true
  }
  monitored_resource {
    type   = "uptime_url"
    labels = { host = "api.example.com" }
  }
}
