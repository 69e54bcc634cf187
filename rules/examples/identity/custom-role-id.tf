resource "google_project_iam_custom_role" "mover" {
  role_id     = "traffic-mover" # no hyphens
  title       = "Moves traffic"
  permissions = ["run.services.update"]
}
