resource "google_service_account" "job" {
  account_id = "orders-job"
}

resource "google_project_iam_member" "client" {
  project = "acme-dev"
  role    = "roles/cloudsql.client"
  member  = google_service_account.job.member
}

resource "google_sql_database_instance" "orders" {
  name             = "orders"
  database_version = "POSTGRES_16"
  region           = "europe-west1"
  settings {
    edition = "ENTERPRISE"
    tier    = "db-custom-2-7680"
    database_flags {
      name  = "cloudsql.iam_authentication"
      value = "on"
    }
  }
}

resource "google_sql_user" "job" {
  name     = trimsuffix(google_service_account.job.email, ".gserviceaccount.com")
  instance = google_sql_database_instance.orders.name
  type     = "CLOUD_IAM_SERVICE_ACCOUNT"
}
