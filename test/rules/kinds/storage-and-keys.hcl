=== soft delete for a day
=> error data/soft-delete: soft_delete_policy.retention_duration_seconds is 86400
resource "google_storage_bucket" "b" {
  name = "acme-prod-files"
  location = "EUROPE-WEST1"
  uniform_bucket_level_access = true
  soft_delete_policy { retention_duration_seconds = «86400¦604800» }
}

=== storage class set beside autoclass
=> error data/storage-class: lifecycle_rule.action.type is SetStorageClass with autoclass
resource "google_storage_bucket" "b" {
  name = "acme-prod-files"
  location = "EUROPE-WEST1"
  uniform_bucket_level_access = true
  autoclass { enabled = true }
  lifecycle_rule {
    condition { age = 30 }
    action {
      type = "«SetStorageClass¦Delete»"
      «storage_class = "NEARLINE"¦»
    }
  }
}

=== dual region of one place
=> error data/storage-class: custom_placement_config.data_locations has 1 entries
resource "google_storage_bucket" "b" {
  name = "acme-prod-files"
  location = "EU"
  uniform_bucket_level_access = true
  custom_placement_config { data_locations = ["EUROPE-WEST1"«¦, "EUROPE-WEST4"»] }
}

=== turbo replication of one region
=> error data/storage-class: rpo is ASYNC_TURBO in EUROPE-WEST1
resource "google_storage_bucket" "b" {
  name = "acme-prod-files"
  location = "«EUROPE-WEST1¦EUR4»"
  uniform_bucket_level_access = true
  rpo = "ASYNC_TURBO"
}

=== key destroyed after an hour
=> error data/kms-key: destroy_scheduled_duration is 3600 s
resource "google_kms_crypto_key" "k" {
  name = "k"
  key_ring = "projects/acme-prod/locations/europe-west1/keyRings/r"
  destroy_scheduled_duration = "«3600s¦86400s»"
}
