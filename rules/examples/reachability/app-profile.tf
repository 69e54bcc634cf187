resource "google_bigtable_instance" "telemetry" {
  name = "telemetry"
  cluster {
    cluster_id = "telemetry-a"
    zone       = "europe-west1-b"
    num_nodes  = 1
  }
}
resource "google_bigtable_app_profile" "batch" {
  instance       = google_bigtable_instance.telemetry.name
  app_profile_id = "batch"
  single_cluster_routing {
    cluster_id = "telemetry-b" # telemetry-a
  }
}
