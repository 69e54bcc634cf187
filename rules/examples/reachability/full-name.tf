resource "google_pubsub_topic" "tick" {
  name = "tick"
}
resource "google_cloud_scheduler_job" "tick" {
  name     = "tick"
  schedule = "*/5 * * * *"
  pubsub_target {
    topic_name = google_pubsub_topic.tick.name # its id
    data       = base64encode("tick")
  }
}
