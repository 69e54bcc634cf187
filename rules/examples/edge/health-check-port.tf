resource "google_compute_health_check" "web" {
  name = "web"
  http_health_check {
    port               = 8080 # and the port that serves
    port_specification = "USE_SERVING_PORT"
  }
}
