resource "google_cloud_run_v2_service" "web" {
  name     = "web"
  location = "europe-west1"
  template {
    service_account = "web@acme.iam.gserviceaccount.com"
    containers {
      image = "europe-west1-docker.pkg.dev/acme/images/web:1"
    }
  }
}
resource "google_cloud_run_domain_mapping" "web" {
  name     = "*.example.com" # one name
  location = "europe-west1"
  metadata {
    namespace = "acme"
  }
  spec {
    route_name = google_cloud_run_v2_service.web.name
  }
}
