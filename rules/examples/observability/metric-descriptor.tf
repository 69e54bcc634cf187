resource "google_monitoring_metric_descriptor" "paid" {
  display_name = "Orders paid"
  description  = "Whether an order is paid"
  type         = "custom.googleapis.com/orders/paid"
  metric_kind  = "CUMULATIVE" # of a BOOL: GAUGE only
  value_type   = "BOOL"
}
