resource "google_filestore_instance" "shared" {
  name     = "shared"
  tier     = "BASIC_SSD"
  location = "europe-west1-b"

  file_shares {
    name        = "share1"
    capacity_gb = 2560
  }

  networks {
    network = "default"
    modes   = ["MODE_IPV4"]
  }
}

resource "google_cloud_run_v2_service" "orders" {
  name     = "orders"
  location = "europe-west1"

  template {
    service_account = "orders@acme-orders.iam.gserviceaccount.com"

    scaling {
      max_instance_count = 3
    }

    vpc_access {
      network_interfaces {
        network = "default"
      }
    }

    volumes {
      name = "files"

      nfs {
        server = google_filestore_instance.shared.networks[0].ip_addresses[0]
        path   = "/files"
      }
    }

    containers {
      image = "europe-docker.pkg.dev/acme-orders/apps/orders:1"

      volume_mounts {
        name       = "files"
        mount_path = "/mnt/files"
      }
    }
  }
}
