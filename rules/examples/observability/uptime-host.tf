resource "google_monitoring_uptime_check_config" "api" {
  display_name = "api"
  timeout      = "10s"
  period       = "60s"
  http_check {
    path    = "/healthz"
    port    = 443
    use_ssl = true
  }
  monitored_resource {
    type   = "uptime_url"
    labels = { host = "api-abc123-ew.a.run.app" }
  }
}
