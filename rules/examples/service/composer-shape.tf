resource "google_composer_environment" "etl" {
  name   = "etl"
  region = "europe-west1"
  config {
    node_count = 3 # only in Cloud Composer 1
    software_config {
      image_version = "composer-3-airflow-2"
    }
    node_config {
      service_account = "composer@acme.iam.gserviceaccount.com"
    }
  }
}
