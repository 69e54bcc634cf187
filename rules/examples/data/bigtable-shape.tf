resource "google_bigtable_instance" "telemetry" {
  name = "telemetry"
  cluster {
    cluster_id = "telemetry-a"
    zone       = "europe-west1-b"
    num_nodes  = 1
  }
  cluster {
    cluster_id = "telemetry-b"
    zone       = "europe-west1-b" # that of the first one
    num_nodes  = 1
  }
}
