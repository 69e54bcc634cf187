=== version destroy delay below a day
=> error identity/secret-shape: version_destroy_ttl is 3600 s
resource "google_secret_manager_secret" "s" {
  secret_id = "api-key"
  version_destroy_ttl = "«3600s¦86400s»"
  replication { 
    auto {} 
  }
}

=== key for one replica only
=> error identity/secret-shape: replicas in europe-west4 have no customer_managed_encryption
resource "google_secret_manager_secret" "s" {
  secret_id = "api-key"
  replication { 
    user_managed { 
      replicas { 
        location = "europe-west1" 
        customer_managed_encryption { kms_key_name = "projects/acme-prod/locations/europe-west1/keyRings/r/cryptoKeys/k" }
      }
      replicas { 
        location = "europe-west4" 
        «¦customer_managed_encryption { kms_key_name = "projects/acme-prod/locations/europe-west4/keyRings/r/cryptoKeys/k" }»
      }
    } 
  }
}

=== expiry that is no time
=> error identity/secret-shape: expire_time is "2027-01-31"
resource "google_secret_manager_secret" "s" {
  secret_id = "api-key"
  expire_time = "«2027-01-31¦2027-01-31T00:00:00Z»"
  replication { 
    auto {} 
  }
}

=== rotation without its first time
=> error identity/secret-shape: rotation.next_rotation_time is not set with rotation.rotation_period "2592000s"
resource "google_secret_manager_secret" "s" {
  secret_id = "api-key"
  topics { name = "projects/acme-prod/topics/rotate" }
  rotation {
    rotation_period = "2592000s"
    «¦next_rotation_time = "2027-02-01T00:00:00Z"»
  }
  replication { 
    auto {} 
  }
}

=== replica in a zone
=> error identity/secret-shape: replication.user_managed.replicas.location is "europe-west1-b"
resource "google_secret_manager_secret" "s" {
  secret_id = "api-key"
  replication { 
    user_managed { 
      replicas { location = "«europe-west1-b¦europe-west1»" }
    } 
  }
}
