resource "google_service_account" "api" {
  account_id = "api-runtime"
}

resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account       = google_service_account.api.email
    execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
    volumes {
      name = "uploads"
      gcs {
        bucket    = google_storage_bucket.uploads.name
        read_only = true
      }
    }
    containers {
      image = "us-docker.pkg.dev/cloudrun/container/hello"
      volume_mounts {
        name       = "uploads"
        mount_path = "/uploads"
      }
    }
  }
}

resource "google_storage_bucket" "uploads" {
  name     = "acme-dev-uploads"
  location = "europe-west1"
}
# and no google_storage_bucket_iam_member
