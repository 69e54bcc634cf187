resource "google_storage_notification" "uploads" {
  bucket         = "acme-orders-uploads"
  topic          = "projects/acme-orders/topics/uploads"
  payload_format = "JSON_API_V1"
  event_types    = ["OBJECT_FINALISE"] # OBJECT_FINALIZE
}
