resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    volumes {
      name = "data"
      empty_dir {}
    }
    volumes {
      name = "data"
      empty_dir {}
    }
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      volume_mounts {
        name       = "data"
        mount_path = "/data"
      }
    }
  }
}
