=== subnet of four addresses
=> error address/subnet-size: the range 10.0.0.0/30 is a /30
resource "google_compute_network" "n" {
  name = "vpc"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "s" {
  name = "s"
  region = "europe-west1"
  network = google_compute_network.n.id
  ip_cidr_range = "10.0.0.0/«30¦29»"
}

=== two firewall rules of one name
=> error data/name-taken: its name "orders" is also the name of google_compute_firewall.a
resource "google_compute_firewall" "a" {
  name = "orders"
  network = "vpc"
  source_ranges = ["10.0.0.0/8"]
  allow { protocol = "tcp" }
  
}
resource "google_compute_firewall" "b" {
  name = "«orders¦orders-b»"
  network = "vpc"
  source_ranges = ["10.0.0.0/8"]
  allow { protocol = "tcp" }
  
}

=== two topics of one name
=> error data/name-taken: its name "orders" is also the name of google_pubsub_topic.a
resource "google_pubsub_topic" "a" {
  name = "orders"
  
  
}
resource "google_pubsub_topic" "b" {
  name = "«orders¦orders-b»"
  
  
}

=== two subnets of one name
=> error data/name-taken: its name "orders" is also the name of google_compute_subnetwork.a
resource "google_compute_subnetwork" "a" {
  name = "orders"
  region = "europe-west1"
  network = "vpc"
  ip_cidr_range = "10.1.0.0/24"
}
resource "google_compute_subnetwork" "b" {
  name = "«orders¦orders-b»"
  region = "europe-west1"
  network = "vpc"
  ip_cidr_range = "10.2.0.0/24"
}

=== two queues of one name
=> error data/name-taken: its name "orders" is also the name of google_cloud_tasks_queue.a
resource "google_cloud_tasks_queue" "a" {
  name = "orders"
  location = "europe-west1"
  
}
resource "google_cloud_tasks_queue" "b" {
  name = "«orders¦orders-b»"
  location = "europe-west1"
  
}

=== two secrets of one id
=> error data/name-taken: its name "key" is also the name of google_secret_manager_secret.a
resource "google_secret_manager_secret" "a" {
  secret_id = "key"
  replication {
    auto {}
  }
}
resource "google_secret_manager_secret" "b" {
  secret_id = "key«¦-b»"
  replication {
    auto {}
  }
}

=== secondary range of one name twice
=> error address/secondary-range: two secondary ranges are named "pods"
resource "google_compute_network" "n" {
  name = "vpc"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "s" {
  name = "s"
  region = "europe-west1"
  network = google_compute_network.n.id
  ip_cidr_range = "10.0.0.0/24"
  secondary_ip_range {
    range_name = "pods"
    ip_cidr_range = "10.4.0.0/16"
  }
  secondary_ip_range {
    range_name = "«pods¦services»"
    ip_cidr_range = "10.5.0.0/20"
  }
}

=== MTU above jumbo frames
=> error reachability/network-mtu: mtu is 9000
resource "google_compute_network" "n" {
  name = "vpc"
  auto_create_subnetworks = false
  mtu = «9000¦8896»
}

=== proxy-only subnet without role
=> warning address/proxy-only: role is not set with purpose "REGIONAL_MANAGED_PROXY"
resource "google_compute_subnetwork" "s" {
  name = "proxies"
  region = "europe-west1"
  network = "vpc"
  ip_cidr_range = "10.9.0.0/23"
  purpose = "REGIONAL_MANAGED_PROXY"
  «¦role = "ACTIVE"»
}

=== internal address with a tier
=> error edge/address: address_type is "INTERNAL" and network_tier is "PREMIUM"
resource "google_compute_address" "a" {
  name = "a"
  region = "europe-west1"
  address_type = "INTERNAL"
  subnetwork = "projects/acme-prod/regions/europe-west1/subnetworks/s"
  «network_tier = "PREMIUM"¦»
}

=== external address in a subnet
=> error edge/address: address_type is "EXTERNAL", subnetwork is "projects/acme-prod/regions/europe-west1/subnetworks/s" and ip_version is not set
resource "google_compute_address" "a" {
  name = "a"
  region = "europe-west1"
  address_type = "«EXTERNAL¦INTERNAL»"
  subnetwork = "projects/acme-prod/regions/europe-west1/subnetworks/s"
}

=== address outside of its subnet
=> error address/within-subnet: address 10.0.1.10 lies outside of 10.0.0.0/24, the range of google_compute_subnetwork.s
resource "google_compute_network" "n" {
  name = "vpc"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "s" {
  name = "s"
  region = "europe-west1"
  network = google_compute_network.n.id
  ip_cidr_range = "10.0.0.0/24"
}
resource "google_compute_address" "a" {
  name = "a"
  region = "europe-west1"
  address_type = "INTERNAL"
  subnetwork = google_compute_subnetwork.s.id
  address = "10.0.«1¦0».10"
}

=== connector with one instance
=> error capacity/connector-instances: min_instances is 1
resource "google_vpc_access_connector" "c" {
  name = "conn"
  region = "europe-west1"
  network = "vpc"
  ip_cidr_range = "10.8.0.0/28"
  min_instances = «1¦2»
  max_instances = 3
}
