ephemeral "random_password" "database" {
  length = 24
}
resource "google_secret_manager_secret_version" "database" {
  secret      = "projects/acme/secrets/database"
  secret_data = ephemeral.random_password.database.result # the state would keep it
}
