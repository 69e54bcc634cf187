resource "google_service_account" "api" {
  account_id = "api" # 3 characters
}
