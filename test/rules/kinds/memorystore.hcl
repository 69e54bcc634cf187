=== instance of 500 GB
=> error data/redis-shape: memory_size_gb is 500
resource "google_redis_instance" "r" {
  name = "cache"
  region = "europe-west1"
  tier = "STANDARD_HA"
  memory_size_gb = «500¦300»
}

=== Valkey backups kept for two years
=> error data/memorystore-shape: automated_backup_config.retention is 63072000 s
resource "google_memorystore_instance" "v" {
  instance_id = "cache"
  location = "europe-west1"
  shard_count = 3
  desired_auto_created_endpoints { 
    network = "projects/acme-prod/global/networks/vpc" 
    project_id = "acme-prod" 
  }
  automated_backup_config { 
    retention = "«63072000s¦604800s»" 
    fixed_frequency_schedule { 
      start_time { hours = 3 } 
    } 
  }
}

=== Redis Cluster on a network by name
=> error reachability/full-name: psc_configs.network is "vpc"
resource "google_redis_cluster" "c" {
  name = "cache"
  region = "europe-west1"
  shard_count = 3
  psc_configs { network = "«vpc¦projects/acme-prod/global/networks/vpc»" }
}

=== weekly window at 24 hours
=> error schema/out-of-range: maintenance_policy.weekly_maintenance_window.start_time.hours is 24
resource "google_redis_cluster" "c" {
  name = "cache"
  region = "europe-west1"
  shard_count = 3
  psc_configs { network = "projects/acme-prod/global/networks/vpc" }
  maintenance_policy {
    weekly_maintenance_window {
      day = "MONDAY"
      start_time { hours = «24¦3» }
    }
  }
}

=== secondary cluster without its primary
=> error data/memorystore-shape: cross_cluster_replication_config.primary_cluster is not set with cross_cluster_replication_config.cluster_role "SECONDARY"
resource "google_redis_cluster" "c" {
  name = "cache"
  region = "europe-west1"
  shard_count = 3
  psc_configs { network = "projects/acme-prod/global/networks/vpc" }
  cross_cluster_replication_config {
    cluster_role = "SECONDARY"
    «¦primary_cluster { cluster = "projects/acme-prod/locations/europe-west4/clusters/cache" }»
  }
}
