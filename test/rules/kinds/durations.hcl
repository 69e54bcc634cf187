=== build timeout in minutes
=> error service/build-steps: build.timeout is "10m"
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  location = "europe-west1"
  service_account = "projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com"
  repository_event_config {
    repository = "projects/acme-prod/locations/europe-west1/connections/c/repositories/r"
    push { branch = "^main$" }
  }
  build {
    timeout = "«10m¦600s»"
    step { name = "node" }
    options { logging = "CLOUD_LOGGING_ONLY" }
  }
}

=== rotation of a key in days
=> error data/kms-key: rotation_period is "90d"
resource "google_kms_crypto_key" "k" {
  name = "k"
  key_ring = "projects/acme-prod/locations/europe-west1/keyRings/r"
  rotation_period = "«90d¦7776000s»"
}

=== backups of Valkey kept in days
=> error data/memorystore-shape: automated_backup_config.retention is "7d"
resource "google_memorystore_instance" "v" {
  instance_id = "cache"
  location = "europe-west1"
  shard_count = 3
  desired_auto_created_endpoints {
    network = "projects/acme-prod/global/networks/vpc"
    project_id = "acme-prod"
  }
  automated_backup_config {
    retention = "«7d¦604800s»"
    fixed_frequency_schedule {
      start_time { hours = 3 }
    }
  }
}

=== backups of AlloyDB kept in days
=> error schema/duration: automated_backup_policy.time_based_retention.retention_period is "14d"
resource "google_alloydb_cluster" "c" {
  cluster_id = "main"
  location = "europe-west1"
  network_config { network = "projects/acme-prod/global/networks/vpc" }
  automated_backup_policy {
    enabled = true
    time_based_retention { retention_period = "«14d¦1209600s»" }
  }
}

=== soak of an upgrade in minutes
=> error schema/duration: upgrade_settings.blue_green_settings.node_pool_soak_duration is "30m"
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  node_count = 1
  upgrade_settings {
    strategy = "BLUE_GREEN"
    blue_green_settings {
      node_pool_soak_duration = "«30m¦1800s»"
      standard_rollout_policy {
        batch_node_count = 1
        batch_soak_duration = "60s"
      }
    }
  }
}
