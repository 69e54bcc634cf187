resource "google_monitoring_uptime_check_config" "api" {
  display_name = "api"
  timeout      = "10s"
  period       = "60s"
  http_check {
    path           = "/health"
    port           = 443
    use_ssl        = true
    request_method = "GET"
    body           = "e30="
  }
  monitored_resource {
    type   = "uptime_url"
    labels = { host = "api.example.com" }
  }
}
