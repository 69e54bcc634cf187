resource "google_compute_resource_policy" "nightly" {
  name   = "nightly"
  region = "europe-west1"
  snapshot_schedule_policy {
    schedule {
      daily_schedule {
        days_in_cycle = 1
        start_time    = "04:30" # a full hour
      }
    }
  }
}
