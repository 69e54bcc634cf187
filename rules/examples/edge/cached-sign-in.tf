resource "google_service_account" "docs" {
  account_id = "docs-runtime"
}

resource "google_cloud_run_v2_service" "docs" {
  name        = "docs"
  location    = "europe-west1"
  ingress     = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  iap_enabled = true # people sign in
  template {
    service_account = google_service_account.docs.email
    containers {
      image = "europe-docker.pkg.dev/acme/images/docs"
    }
  }
}

resource "google_compute_region_network_endpoint_group" "docs" {
  name   = "docs"
  region = "europe-west1"
  cloud_run {
    service = google_cloud_run_v2_service.docs.name
  }
}

resource "google_compute_backend_service" "docs" {
  name                  = "docs"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  enable_cdn            = true # and what is kept needs no sign-in
  backend {
    group = google_compute_region_network_endpoint_group.docs.id
  }
}

resource "google_cloud_run_v2_service_iam_member" "docs" {
  name     = google_cloud_run_v2_service.docs.name
  location = "europe-west1"
  role     = "roles/run.invoker"
  member   = "serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com"
}
