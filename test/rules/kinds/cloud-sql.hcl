=== collation of MySQL in PostgreSQL
=> error data/sql-collation: charset is UTF8 and collation is utf8mb4_general_ci
resource "google_sql_database_instance" "i" {
  name = "pg"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  settings { 
    tier = "db-custom-2-7680" 
    edition = "ENTERPRISE"
  }
}
resource "google_sql_database" "d" {
  name = "orders"
  instance = google_sql_database_instance.i.name
  charset = "UTF8"
  collation = "«utf8mb4_general_ci¦en_US.UTF8»"
}

=== time zone on PostgreSQL
=> warning data/sql-create: settings.time_zone is "W. Europe Standard Time" with database_version "POSTGRES_16"
resource "google_sql_database_instance" "i" {
  name = "pg"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  settings { 
    tier = "db-custom-2-7680" 
    edition = "ENTERPRISE"
    «time_zone = "W. Europe Standard Time"¦»
  }
}

=== active directory on MySQL
=> warning data/sql-create: settings.active_directory_config is set with database_version "MYSQL_8_0"
resource "google_sql_database_instance" "i" {
  name = "my"
  region = "europe-west1"
  database_version = "MYSQL_8_0"
  settings { 
    tier = "db-custom-2-7680" 
    edition = "ENTERPRISE"
    «active_directory_config { domain = "ad.acme.com" }¦»
  }
}

=== read pool of an ENTERPRISE primary
=> error data/sql-create: instance_type is "READ_POOL_INSTANCE" and settings.edition is "ENTERPRISE"
resource "google_sql_database_instance" "i" {
  name = "pg"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  settings { 
    tier = "«db-custom-2-7680¦db-perf-optimized-N-2»" 
    edition = "«ENTERPRISE¦ENTERPRISE_PLUS»"
    backup_configuration { 
      enabled = true 
      point_in_time_recovery_enabled = true
    }
  }
}
resource "google_sql_database_instance" "pool" {
  name = "pool"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  instance_type = "READ_POOL_INSTANCE"
  master_instance_name = google_sql_database_instance.i.name
  node_count = 2
  settings { 
    tier = "«db-custom-2-7680¦db-perf-optimized-N-2»" 
    edition = "«ENTERPRISE¦ENTERPRISE_PLUS»"
  }
}

=== node count without a read pool
=> error data/sql-create: node_count is 2
resource "google_sql_database_instance" "i" {
  name = "pg"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  «node_count = 2¦»
  settings { 
    tier = "db-perf-optimized-N-2" 
    edition = "ENTERPRISE_PLUS"
  }
}

=== final backup kept too long
=> error data/sql-create: settings.final_backup_config.retention_days is 400
resource "google_sql_database_instance" "i" {
  name = "pg"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  settings { 
    tier = "db-custom-2-7680" 
    edition = "ENTERPRISE"
    final_backup_config { 
      enabled = true 
      retention_days = «400¦365» 
    }
  }
}

=== provisioned IOPS on a PD_SSD
=> warning schema/unknown-attribute: data_disk_provisioned_iops is set in settings of google_sql_database_instance
resource "google_sql_database_instance" "i" {
  name = "pg"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  settings { 
    tier = "db-custom-2-7680" 
    edition = "ENTERPRISE"
    «disk_type = "PD_SSD"¦»
    «data_disk_provisioned_iops = 5000¦»
  }
}

=== 400 backups kept
=> error data/sql-backups: settings.backup_configuration.backup_retention_settings.retained_backups is 400
resource "google_sql_database_instance" "i" {
  name = "main"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  
  settings {
    tier = "db-custom-2-7680"
    edition = "ENTERPRISE"
    backup_configuration {
      enabled = true
      backup_retention_settings { retained_backups = «400¦365» }
    }
  }
}

=== maintenance on day 0
=> error data/sql-maintenance: settings.maintenance_window.day is 0
resource "google_sql_database_instance" "i" {
  name = "main"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  
  settings {
    tier = "db-custom-2-7680"
    edition = "ENTERPRISE"
    maintenance_window {
      day = «0¦7»
      hour = 3
    }
  }
}

=== host of a PostgreSQL user
=> warning data/sql-user: host is "%", and google_sql_database_instance.i is no MySQL instance
resource "google_sql_database_instance" "i" {
  name = "main"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  
  settings {
    tier = "db-custom-2-7680"
    edition = "ENTERPRISE"
    
  }
}
variable "pw" {
  type = string
  sensitive = true
}
resource "google_sql_user" "u" {
  name = "app"
  instance = google_sql_database_instance.i.name
  password = var.pw
  «host = "%"¦»
}

=== max_connections in words
=> error data/sql-flags: database flag max_connections is many
resource "google_sql_database_instance" "i" {
  name = "main"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  
  settings {
    tier = "db-custom-2-7680"
    edition = "ENTERPRISE"
    database_flags {
      name = "max_connections"
      value = "«many¦200»"
    }
  }
}

=== database in a replica
=> error data/sql-create: instance is google_sql_database_instance.r, a read replica
resource "google_sql_database_instance" "i" {
  name = "main"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    edition = "ENTERPRISE"
  }
}
resource "google_sql_database_instance" "r" {
  name = "replica"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  master_instance_name = google_sql_database_instance.i.name
  settings {
    tier = "db-custom-2-7680"
    edition = "ENTERPRISE"
  }
}
resource "google_sql_database" "d" {
  name = "orders"
  instance = google_sql_database_instance.«r¦i».name
}

=== authorized network that is a name
=> error data/sql-network: settings.ip_configuration.authorized_networks.value is "office.acme.com"
resource "google_sql_database_instance" "i" {
  name = "main"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    edition = "ENTERPRISE"
    ip_configuration {
      ipv4_enabled = true
      ssl_mode = "ENCRYPTED_ONLY"
      authorized_networks { value = "«office.acme.com¦203.0.113.0/24»" }
    }
  }
}
