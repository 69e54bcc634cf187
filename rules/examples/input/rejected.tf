ephemeral "google_secret_manager_secret_version" "password" {
  secret = google_secret_manager_secret.password.id
}

resource "google_secret_manager_secret" "password" {
  secret_id = "password"
  replication {
    auto {}
  }
}

output "password" {
  value = ephemeral.google_secret_manager_secret_version.password.secret_data
}
