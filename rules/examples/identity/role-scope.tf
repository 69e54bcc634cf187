resource "google_cloudfunctions2_function_iam_member" "caller" {
  location       = "europe-west1"
  cloud_function = "resize"
  role           = "roles/run.invoker" # on the Cloud Run service of the function
  member         = "user:dev@example.com"
}
