=== pods per node with routes
=> error capacity/gke-shape: networking_mode is "ROUTES" and default_max_pods_per_node is 64
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  networking_mode = "«ROUTES¦VPC_NATIVE»"
  default_max_pods_per_node = 64
  «¦ip_allocation_policy {}»
}

=== private nodes without alias ranges
=> error capacity/gke-shape: networking_mode is "ROUTES" and private_cluster_config.enable_private_nodes is true
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  networking_mode = "«ROUTES¦VPC_NATIVE»"
  private_cluster_config { 
    enable_private_nodes = true 
    master_ipv4_cidr_block = "172.16.0.0/28" 
  }
  «¦ip_allocation_policy {}»
}

=== Autopilot outside of channels
=> error capacity/gke-shape: enable_autopilot is true and release_channel.channel is "UNSPECIFIED"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  enable_autopilot = true
  release_channel { channel = "«UNSPECIFIED¦REGULAR»" }
}

=== no upgrades for three months
=> error capacity/gke-shape: maintenance_policy.maintenance_exclusion.maintenance_exclusion is from 2027-11-01T00:00:00Z to 2028-03-01T00:00:00Z with scope "NO_UPGRADES"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  maintenance_policy { 
    recurring_window { 
      start_time = "2027-01-01T00:00:00Z" 
      end_time = "2027-01-01T06:00:00Z" 
      recurrence = "FREQ=DAILY" 
    }
    maintenance_exclusion { 
      exclusion_name = "freeze" 
      start_time = "2027-11-01T00:00:00Z"
      end_time = "«2028-03-01¦2027-11-20»T00:00:00Z"
      exclusion_options { scope = "NO_UPGRADES" }
    }
  }
}

=== exclusion that ends before it starts
=> error capacity/gke-shape: maintenance_policy.maintenance_exclusion.maintenance_exclusion is from 2027-12-24T00:00:00Z to 2027-12-23T00:00:00Z
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  maintenance_policy { 
    recurring_window { 
      start_time = "2027-01-01T00:00:00Z" 
      end_time = "2027-01-01T06:00:00Z" 
      recurrence = "FREQ=DAILY" 
    }
    maintenance_exclusion { 
      exclusion_name = "freeze" 
      start_time = "«2027-12-24¦2027-12-20»T00:00:00Z"
      end_time = "2027-12-23T00:00:00Z"
    }
  }
}

=== node auto-provisioning without limits
=> error capacity/gke-shape: cluster_autoscaling has no resource_limits for cpu and memory
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  cluster_autoscaling { 
    enabled = true 
    «¦resource_limits { 
      resource_type = "cpu" 
      maximum = 64 
    }
    resource_limits { 
      resource_type = "memory" 
      maximum = 256 
    }»
  }
}

=== secrets encrypted without a key
=> error capacity/gke-shape: database_encryption.key_name is not set with database_encryption.state "ENCRYPTED"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  database_encryption { 
    state = "ENCRYPTED" 
    «¦key_name = "projects/acme-prod/locations/europe-west1/keyRings/r/cryptoKeys/k"»
  }
}

=== group of another name
=> error capacity/gke-shape: authenticator_groups_config.security_group is "gke-admins@acme.com"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  authenticator_groups_config { security_group = "«gke-admins¦gke-security-groups»@acme.com" }
}

=== no repairs in a channel
=> error service/release-channel: auto_repair is false and release_channel of google_container_cluster.c is STABLE
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  remove_default_node_pool = true
  release_channel { channel = "STABLE" }
}
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = google_container_cluster.c.id
  node_count = 1
  management { 
    auto_repair = «false¦true» 
    auto_upgrade = true 
  }
}

=== disk of 5 GB
=> error schema/out-of-range: node_config.disk_size_gb is 5
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  node_count = 1
  node_config { disk_size_gb = «5¦20» }
}

=== totals beside limits of a zone
=> error capacity/gke-shape: autoscaling.min_node_count is 1 with autoscaling.total_max_node_count "9"
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  autoscaling { 
    min_node_count = 1 
    max_node_count = 3 
    «total_max_node_count = 9¦»
  }
}

=== label of Kubernetes itself
=> error capacity/gke-shape: labels has "kubernetes.io/role"
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  node_count = 1
  node_config { 
    labels = { "«kubernetes.io/role¦role»" = "web" } 
  }
}

=== confidential nodes on E2
=> error capacity/gke-shape: node_config.confidential_nodes.enabled is true and node_config.machine_type is "e2-standard-4"
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  node_count = 1
  node_config { 
    machine_type = "«e2-standard-4¦n2d-standard-4»"
    confidential_nodes { enabled = true }
  }
}

=== authorized network that is no range
=> error capacity/gke-shape: master_authorized_networks_config.cidr_blocks.cidr_block is "203.0.113.7"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  master_authorized_networks_config { 
    cidr_blocks { cidr_block = "203.0.113.7«¦/32»" } 
  }
}

=== logging and monitoring of two generations
=> error capacity/gke-shape: logging_service is "logging.googleapis.com" and monitoring_service is "monitoring.googleapis.com/kubernetes"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  logging_service = "logging.googleapis.com«¦/kubernetes»"
  monitoring_service = "monitoring.googleapis.com/kubernetes"
}

=== pods of the default pool beyond the range
=> error address/gke-ranges: the secondary range "pods" 10.4.0.0/24 holds 256 addresses, and the pods of google_container_cluster.c take 1536 at full scale (google_container_cluster.c 6 nodes x 256)
resource "google_compute_subnetwork" "s" {
  name = "gke"
  region = "europe-west1"
  network = "projects/acme-prod/global/networks/vpc"
  ip_cidr_range = "10.0.0.0/22"
  secondary_ip_range { 
    range_name = "pods" 
    ip_cidr_range = "10.4.0.0/«24¦18»" 
  }
  secondary_ip_range { 
    range_name = "services" 
    ip_cidr_range = "10.8.0.0/22" 
  }
}
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 2
  network = "projects/acme-prod/global/networks/vpc"
  subnetwork = google_compute_subnetwork.s.id
  ip_allocation_policy { 
    cluster_secondary_range_name = "pods" 
    services_secondary_range_name = "services" 
  }
}

=== backups deleted while locked
=> error capacity/gke-shape: retention_policy.backup_delete_lock_days is 40 and backup_retain_days is 30
resource "google_gke_backup_backup_plan" "b" {
  name = "b"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  location = "europe-west1"
  retention_policy {
    backup_delete_lock_days = «40¦10»
    backup_retain_days = 30
  }
  backup_config { all_namespaces = true }
}

=== membership with capitals
=> error service/resource-name: membership_id is "Main_Cluster"
resource "google_gke_hub_membership" "m" {
  membership_id = "«Main_Cluster¦main-cluster»"
  endpoint {
    gke_cluster { resource_link = "//container.googleapis.com/projects/acme-prod/locations/europe-west1/clusters/c" }
  }
}

=== pods by range and by name
=> error schema/conflict: ip_allocation_policy.cluster_ipv4_cidr_block and ip_allocation_policy.cluster_secondary_range_name are set together in google_container_cluster
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  ip_allocation_policy {
    cluster_secondary_range_name = "pods"
    «cluster_ipv4_cidr_block = "/16"¦»
  }
}

=== 100 process ids
=> error capacity/gke-shape: node_config.kubelet_config.pod_pids_limit is 100
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  node_count = 1

  node_config {
    kubelet_config {
      cpu_manager_policy = "static"
      pod_pids_limit = «100¦2048»
    }
  }
}

=== thirty nodes at once
=> error capacity/gke-shape: max_surge is 30 and max_unavailable 0
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  node_count = 1
  upgrade_settings {
    max_surge = «30¦5»
    max_unavailable = 0
  }
  node_config {
    
  }
}

=== local SSDs of E2
=> error capacity/gke-shape: node_config.local_ssd_count is 1
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  node_count = 1

  node_config {
    machine_type = "«e2¦n2»-standard-4"
    local_ssd_count = 1
  }
}

=== specific reservation without its name
=> error capacity/gke-shape: node_config.reservation_affinity.key is not set with node_config.reservation_affinity.consume_reservation_type "SPECIFIC_RESERVATION"
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "projects/acme-prod/locations/europe-west1/clusters/c"
  node_count = 1

  node_config {
    reservation_affinity {
      consume_reservation_type = "SPECIFIC_RESERVATION"
      «¦key = "compute.googleapis.com/reservation-name"»
      «¦values = ["r"]»
    }
  }
}

=== DNS of the network without a domain
=> error capacity/gke-shape: dns_config.cluster_dns_domain is not set with dns_config.cluster_dns_scope "VPC_SCOPE"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  dns_config {
    cluster_dns = "CLOUD_DNS"
    cluster_dns_scope = "VPC_SCOPE"
    «¦cluster_dns_domain = "gke.acme.internal"»
  }
}

=== version with a v
=> error capacity/gke-shape: min_master_version is "v1.31"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  min_master_version = "«v¦»1.31"
}

=== autoscaling profile that is none
=> error schema/unknown-value: cluster_autoscaling.autoscaling_profile is "OPTIMIZE_COST"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  cluster_autoscaling {
    enabled = true
    autoscaling_profile = "«OPTIMIZE_COST¦OPTIMIZE_UTILIZATION»"
    resource_limits {
      resource_type = "cpu"
      maximum = 10
    }
    resource_limits {
      resource_type = "memory"
      maximum = 10
    }
  }
}

=== two pools of one name
=> error reachability/node-pool-location: its name "web" is that of google_container_node_pool.a in the same cluster
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  remove_default_node_pool = true
}
resource "google_container_node_pool" "a" {
  name = "web"
  cluster = google_container_cluster.c.id
  node_count = 1
}
resource "google_container_node_pool" "b" {
  name = "web«¦-b»"
  cluster = google_container_cluster.c.id
  node_count = 1
}

=== notifications to a topic by its name
=> error reachability/full-name: notification_config.pubsub.topic is "upgrades"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  notification_config {
    pubsub {
      enabled = true
      topic = "«upgrades¦projects/acme-prod/topics/upgrades»"
    }
  }
}

=== usage exported to a dataset with a hyphen
=> error capacity/gke-shape: resource_usage_export_config.bigquery_destination.dataset_id is "gke-usage"
resource "google_container_cluster" "c" {
  name = "main"
  location = "europe-west1"
  initial_node_count = 1
  resource_usage_export_config {
    bigquery_destination { dataset_id = "gke«-¦_»usage" }
  }
}

=== node pool in a zone of another region
=> error capacity/gke-shape: node_locations contains "europe-west4-b" and location is europe-west1
resource "google_container_node_pool" "p" {
  name = "p"
  cluster = "main"
  location = "europe-west1"
  node_count = 1
  node_locations = ["europe-west«4¦1»-b"]
}
