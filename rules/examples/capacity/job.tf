resource "google_cloud_run_v2_job" "migrate" {
  name     = "migrate"
  location = "us-central1"
  template {
    template {
      service_account = "migrate@acme.iam.gserviceaccount.com"
      max_retries     = 20
      containers { image = "us-docker.pkg.dev/acme/apps/migrate:1" }
    }
  }
}
