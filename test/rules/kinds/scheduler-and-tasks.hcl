=== App Engine path without slash
=> error service/schedule-request: app_engine_http_target.relative_uri is "tasks/nightly"
resource "google_cloud_scheduler_job" "j" {
  name     = "nightly"
  region   = "europe-west1"
  schedule = "0 3 * * *"
  app_engine_http_target {
    http_method  = "POST"
    relative_uri = "«tasks/nightly¦/tasks/nightly»"
  }
}

=== URL without a scheme
=> error service/schedule-request: http_target.uri is "orders.example.com/nightly"
resource "google_cloud_scheduler_job" "j" {
  name     = "nightly"
  region   = "europe-west1"
  schedule = "0 3 * * *"
  http_target {
    http_method  = "POST"
    uri          = "«orders.example.com¦https://orders.example.com»/nightly"
  }
}

=== job with a space in its name
=> error service/resource-name: name is "nightly import"
resource "google_cloud_scheduler_job" "j" {
  name     = "«nightly import¦nightly-import»"
  region   = "europe-west1"
  schedule = "0 3 * * *"
  pubsub_target { 
    topic_name = "projects/acme-prod/topics/t" 
    data = base64encode("x")
  }
}

=== more concurrent dispatches than 5000
=> error capacity/task-queue: rate_limits.max_concurrent_dispatches is 10000
resource "google_cloud_tasks_queue" "q" {
  name = "mails"
  location = "europe-west1"
  rate_limits {
    max_concurrent_dispatches = «10000¦5000»
  }
}

=== host with a scheme at a queue
=> error capacity/task-queue: http_target.uri_override.host is "https://orders.acme.com"
resource "google_cloud_tasks_queue" "q" {
  name = "q"
  location = "europe-west1"
  http_target {
    http_method = "POST"
    uri_override {
      host = "«https://¦»orders.acme.com"
    }
  }
}

=== retry duration in minutes
=> error schema/duration: retry_config.max_retry_duration is "10m"
resource "google_cloud_scheduler_job" "j" {
  name = "nightly"
  region = "europe-west1"
  schedule = "0 3 * * *"
  retry_config {
    retry_count = 3
    max_retry_duration = "«10m¦600s»"
  }
  pubsub_target {
    topic_name = "projects/acme-prod/topics/t"
    data = base64encode("x")
  }
}
