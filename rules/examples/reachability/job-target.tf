resource "google_service_account" "nightly" {
  account_id = "nightly-run"
}

resource "google_cloud_run_v2_job" "nightly" {
  name     = "nightly"
  location = "europe-west1"

  template {
    template {
      service_account = google_service_account.nightly.email

      containers {
        image = "europe-docker.pkg.dev/acme-orders/apps/nightly:1"
      }
    }
  }
}

resource "google_cloud_scheduler_job" "nightly" {
  name     = "nightly"
  region   = "europe-west1"
  schedule = "0 3 * * *"

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/projects/acme-orders/locations/europe-west1/jobs/nighly:run"

    oauth_token {
      service_account_email = google_service_account.nightly.email
    }
  }
}
