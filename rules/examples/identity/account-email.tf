resource "google_cloud_scheduler_job" "nightly" {
  name     = "nightly"
  region   = "europe-west1"
  schedule = "0 3 * * *"
  http_target {
    uri = "https://run.googleapis.com/v2/projects/acme/locations/europe-west1/jobs/report:run"
    oauth_token {
      service_account_email = "scheduler" # the whole e-mail
    }
  }
}
