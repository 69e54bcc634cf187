resource "google_cloud_scheduler_job" "nightly" {
  name     = "nightly"
  region   = "europe-west1"
  schedule = "0 3 * * *"
  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/projects/acme-dev/locations/europe-west1/jobs/report:run"
    oidc_token {
      service_account_email = "nightly@acme-dev.iam.gserviceaccount.com"
    }
  }
}
