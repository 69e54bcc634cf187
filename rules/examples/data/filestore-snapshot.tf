resource "google_filestore_instance" "files" {
  name     = "files"
  location = "europe-west1-b"
  tier     = "BASIC_HDD" # has no snapshots
  file_shares {
    name        = "share"
    capacity_gb = 1024
  }
  networks {
    network = "main"
    modes   = ["MODE_IPV4"]
  }
}
resource "google_filestore_snapshot" "files" {
  name     = "files"
  location = "europe-west1-b"
  instance = google_filestore_instance.files.name
}
