=== protocol NFSv4.1 of a basic tier
=> error data/filestore-shape: protocol is "NFS_V4_1" with tier "BASIC_HDD"
resource "google_filestore_instance" "f" {
  name = "files"
  location = "europe-west1-b"
  tier = "«BASIC_HDD¦ZONAL»"
  protocol = "NFS_V4_1"
  file_shares { 
    name = "share" 
    capacity_gb = 1024 
  }
  networks { 
    network = "default" 
    modes = ["MODE_IPV4"] 
  }
}

=== own key of a basic tier
=> error data/filestore-shape: kms_key_name is "projects/acme-prod/locations/europe-west1/keyRings/r/cryptoKeys/k" with tier "BASIC_HDD"
resource "google_filestore_instance" "f" {
  name = "files"
  location = "europe-west1«-b¦»"
  tier = "«BASIC_HDD¦ENTERPRISE»"
  kms_key_name = "projects/acme-prod/locations/europe-west1/keyRings/r/cryptoKeys/k"
  file_shares { 
    name = "share" 
    capacity_gb = 1024 
  }
  networks { 
    network = "default" 
    modes = ["MODE_IPV4"] 
  }
}

=== enterprise capacity no multiple of 256
=> error data/filestore-shape: capacity_gb is 1100 with tier "ENTERPRISE"
resource "google_filestore_instance" "f" {
  name = "files"
  location = "europe-west1"
  tier = "ENTERPRISE"
  file_shares { 
    name = "share" 
    capacity_gb = «1100¦1280» 
  }
  networks { 
    network = "default" 
    modes = ["MODE_IPV4"] 
  }
}

=== snapshot of a basic instance
=> error data/filestore-snapshot: tier of google_filestore_instance.f is BASIC_HDD
resource "google_filestore_instance" "f" {
  name = "files"
  location = "europe-west1«-b¦»"
  tier = "«BASIC_HDD¦ENTERPRISE»"
  file_shares { 
    name = "share" 
    capacity_gb = 1024 
  }
  networks { 
    network = "default" 
    modes = ["MODE_IPV4"] 
  }
}
resource "google_filestore_snapshot" "s" {
  name = "s"
  instance = google_filestore_instance.f.name
  location = "europe-west1«-b¦»"
}

=== backup in a zone
=> error data/filestore-shape: location is "europe-west1-b"
resource "google_filestore_backup" "b" {
  name = "b"
  location = "europe-west1«-b¦»"
  source_instance = "projects/acme-prod/locations/europe-west1-b/instances/f"
  source_file_share = "share"
}

=== export to what is no range
=> error data/filestore-shape: file_shares.nfs_export_options.ip_ranges has "10.0.0.0/40"
resource "google_filestore_instance" "f" {
  name = "files"
  location = "europe-west1-b"
  tier = "ZONAL"
  file_shares {
    name = "share"
    capacity_gb = 1024
    nfs_export_options { ip_ranges = ["10.0.0.0/«40¦24»"] }
  }
  networks {
    network = "default"
    modes = ["MODE_IPV4"]
  }
}

=== zonal capacity no multiple of 256
=> error data/filestore-shape: capacity_gb is 1000 with tier "ZONAL"
resource "google_filestore_instance" "f" {
  name = "files"
  location = "europe-west1-b"
  tier = "ZONAL"
  file_shares {
    name = "share"
    capacity_gb = «1000¦1024»
  }
  networks {
    network = "default"
    modes = ["MODE_IPV4"]
  }
}
