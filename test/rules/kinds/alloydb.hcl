=== secondary cluster in the region of its primary
=> error data/alloydb-secondary: location is europe-west1, as that of its primary cluster google_alloydb_cluster.p
resource "google_alloydb_cluster" "p" {
  cluster_id = "primary"
  location = "europe-west1"
  network_config { network = "projects/acme-prod/global/networks/vpc" }
}
resource "google_alloydb_cluster" "s" {
  cluster_id = "secondary"
  location = "«europe-west1¦europe-west4»"
  cluster_type = "SECONDARY"
  network_config { network = "projects/acme-prod/global/networks/vpc" }
  continuous_backup_config { enabled = false }
  secondary_config { primary_cluster_name = google_alloydb_cluster.p.name }
  depends_on = [google_alloydb_instance.p]
}
resource "google_alloydb_instance" "p" {
  cluster = google_alloydb_cluster.p.name
  instance_id = "primary"
  instance_type = "PRIMARY"
}

=== primary with a number of nodes
=> error data/alloydb-shape: read_pool_config is set with instance_type "PRIMARY" and read_pool_config
resource "google_alloydb_instance" "p" {
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  instance_id = "primary"
  instance_type = "PRIMARY"
  «read_pool_config { node_count = 2 }¦»
}

=== secondary without its primary
=> error data/alloydb-shape: secondary_config is not set with cluster_type "SECONDARY"
resource "google_alloydb_cluster" "s" {
  cluster_id = "secondary"
  location = "europe-west1"
  cluster_type = "SECONDARY"
  network_config { network = "projects/acme-prod/global/networks/vpc" }
  continuous_backup_config { enabled = false }
  «¦secondary_config { primary_cluster_name = "projects/acme-prod/locations/europe-west4/clusters/p" }»
}

=== public address with authorized networks and no public IP
=> error data/alloydb-shape: network_config.authorized_external_networks is set with network_config and network_config.enable_public_ip "false"
resource "google_alloydb_instance" "p" {
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  instance_id = "primary"
  instance_type = "PRIMARY"
  network_config { 
    enable_public_ip = «false¦true»
    authorized_external_networks { cidr_range = "203.0.113.7/32" }
  }
}

=== maintenance on a day that is none
=> error schema/unknown-value: maintenance_update_policy.maintenance_windows.day is "SUN"
resource "google_alloydb_cluster" "c" {
  cluster_id = "main"
  location = "europe-west1"
  network_config { network = "projects/acme-prod/global/networks/vpc" }
  maintenance_update_policy {
    maintenance_windows {
      day = "«SUN¦SUNDAY»"
      start_time { hours = 3 }
    }
  }
}

=== password of an IAM user of AlloyDB
=> error data/alloydb-shape: password is "change-me-soon" with user_type "ALLOYDB_IAM_USER"
resource "google_alloydb_user" "u" {
  cluster = "projects/acme-prod/locations/europe-west1/clusters/main"
  user_id = "jane@acme.com"
  user_type = "ALLOYDB_IAM_USER"
  «password = "change-me-soon"¦»
}

=== machine type of another vCPU count
=> error data/alloydb-shape: cpu_count is 4 with machine_type "n2-highmem-8"
resource "google_alloydb_instance" "p" {
  cluster = "projects/acme-prod/locations/europe-west1/clusters/main"
  instance_id = "primary"
  instance_type = "PRIMARY"
  machine_config {
    cpu_count = «4¦8»
    machine_type = "n2-highmem-8"
  }
}

=== thirty read nodes
=> error data/alloydb-shape: read_pool_config.node_count is 30
resource "google_alloydb_instance" "p" {
  cluster = "projects/acme-prod/locations/europe-west1/clusters/main"
  instance_id = "readers"
  instance_type = "READ_POOL"
  read_pool_config { node_count = «30¦20» }
}
