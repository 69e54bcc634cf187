resource "google_filestore_instance" "shared" {
  name     = "shared"
  tier     = "BASIC_SSD"
  location = "europe-west1-b"

  file_shares {
    name        = "share1"
    capacity_gb = 1024
  }

  networks {
    network = "main"
    modes   = ["MODE_IPV4"]
  }
}
