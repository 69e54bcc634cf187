resource "google_app_engine_application" "app" {
  project     = "acme-orders"
  location_id = "europe-west"
}

resource "google_vpc_access_connector" "main" {
  name          = "main"
  region        = "us-central1"
  network       = "default"
  ip_cidr_range = "10.8.0.0/28"
  min_instances = 2
  max_instances = 3
}

resource "google_app_engine_standard_app_version" "app" {
  service    = "default"
  runtime    = "nodejs22"
  version_id = "v1"

  entrypoint {
    shell = "node app.js"
  }

  deployment {
    zip {
      source_url = "https://storage.googleapis.com/acme-orders-app/app.zip"
    }
  }

  vpc_access_connector {
    name = google_vpc_access_connector.main.id
  }
}
