resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "europe-west1"
  template {
    service_account = "api@acme-dev.iam.gserviceaccount.com"
    scaling {
      max_instance_count = 5
    }
    containers {
      name  = "api"
      image = "europe-west1-docker.pkg.dev/acme-dev/images/api:1"
      ports {
        container_port = 8080
      }
    }
    containers {
      name  = "proxy"
      image = "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1"
      args  = ["-instances=acme-dev:europe-west1:orders=tcp:5432"]
    }
  }
}
