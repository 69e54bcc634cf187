resource "google_cloudbuild_worker_pool" "builds" {
  name     = "builds"
  location = "europe-west1"
  worker_config {
    machine_type = "e2-standard-4"
    disk_size_gb = 50 # at least 100
  }
}
