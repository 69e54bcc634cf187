resource "google_compute_health_check" "api" {
  name               = "api"
  check_interval_sec = 5
  timeout_sec        = 10
  tcp_health_check { port = 8080 }
}
