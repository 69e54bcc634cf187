resource "google_service_account" "orders" {
  account_id = "orders-run"
}

resource "google_project_iam_member" "orders" {
  project = "acme-orders"
  role    = "roles/cloudsql.client"
  member  = "serviceAccount:${google_service_account.order.email}"
}
