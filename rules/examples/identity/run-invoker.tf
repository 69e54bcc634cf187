resource "google_service_account" "api" {
  account_id = "orders-api"
}

resource "google_service_account" "push" {
  account_id = "orders-push"
}

resource "google_cloud_run_v2_service" "api" {
  name     = "orders"
  location = "europe-west1"
  template {
    service_account = google_service_account.api.email
    scaling {
      max_instance_count = 5
    }
    containers {
      image = "europe-west1-docker.pkg.dev/acme-dev/images/orders:1"
    }
  }
}

resource "google_pubsub_topic" "orders" {
  name = "orders"
}

resource "google_pubsub_subscription" "push" {
  name  = "orders-push"
  topic = google_pubsub_topic.orders.id
  push_config {
    push_endpoint = "${google_cloud_run_v2_service.api.uri}/orders"
    oidc_token {
      service_account_email = google_service_account.push.email
    }
  }
}
