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
