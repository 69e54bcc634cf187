=== domain name of an attachment without its dot
=> error reachability/service-attachment: domain_names contains "svc.acme.com"
resource "google_compute_service_attachment" "a" {
  name = "a"
  region = "europe-west1"
  enable_proxy_protocol = false
  connection_preference = "ACCEPT_AUTOMATIC"
  nat_subnets = ["projects/acme-prod/regions/europe-west1/subnetworks/nat"]
  target_service = "projects/acme-prod/regions/europe-west1/forwardingRules/f"
  domain_names = ["svc.acme.com«¦.»"]
}

=== two connection policies of one class
=> error reachability/connection-policy: network, location and service_class are those of google_network_connectivity_service_connection_policy.a
resource "google_network_connectivity_service_connection_policy" "a" {
  name = "a"
  location = "europe-west1"
  service_class = "gcp-memorystore-redis"
  network = "projects/acme-prod/global/networks/vpc"
  psc_config { subnetworks = ["projects/acme-prod/regions/europe-west1/subnetworks/s"] }
}
resource "google_network_connectivity_service_connection_policy" "b" {
  name = "b"
  location = "europe-west1"
  service_class = "«gcp-memorystore-redis¦google-cloud-sql»"
  network = "projects/acme-prod/global/networks/vpc"
  psc_config { subnetworks = ["projects/acme-prod/regions/europe-west1/subnetworks/s"] }
}

=== connection policy on a subnet of published services
=> error reachability/connection-policy: psc_config.subnetworks names google_compute_subnetwork.s, which is of purpose PRIVATE_SERVICE_CONNECT, and not an ordinary one
resource "google_compute_subnetwork" "s" {
  name = "psc"
  region = "europe-west1"
  network = "projects/acme-prod/global/networks/vpc"
  ip_cidr_range = "10.0.0.0/24"
  «purpose = "PRIVATE_SERVICE_CONNECT"¦»
}
resource "google_network_connectivity_service_connection_policy" "a" {
  name = "a"
  location = "europe-west1"
  service_class = "gcp-memorystore-redis"
  network = "projects/acme-prod/global/networks/vpc"
  psc_config { subnetworks = [google_compute_subnetwork.s.id] }
}

=== consumer by project and by network
=> error reachability/service-attachment: consumer_accept_lists has project_id_or_num and network_url
resource "google_compute_service_attachment" "a" {
  name = "a"
  region = "europe-west1"
  enable_proxy_protocol = false
  connection_preference = "ACCEPT_MANUAL"
  nat_subnets = ["projects/acme-prod/regions/europe-west1/subnetworks/nat"]
  target_service = "projects/acme-prod/regions/europe-west1/forwardingRules/f"
  consumer_accept_lists {
    project_id_or_num = "partner"
    connection_limit = 5
  }
  «consumer_accept_lists {
    network_url = "projects/other/global/networks/n"
    connection_limit = 5
  }¦»
}

=== network attachment with a subnet of another region
=> error reachability/subnet-region: it is in europe-west1, and its subnet google_compute_subnetwork.s is in europe-west4
resource "google_compute_subnetwork" "s" {
  name = "s"
  region = "europe-west«4¦1»"
  network = "projects/acme-prod/global/networks/vpc"
  ip_cidr_range = "10.0.0.0/24"
}
resource "google_compute_network_attachment" "a" {
  name = "a"
  region = "europe-west1"
  connection_preference = "ACCEPT_AUTOMATIC"
  subnetworks = [google_compute_subnetwork.s.id]
}

=== published service behind an external rule
=> error reachability/service-attachment: target_service is google_compute_forwarding_rule.f, whose load_balancing_scheme is EXTERNAL
resource "google_compute_forwarding_rule" "f" {
  name = "web"
  region = "europe-west1"
  load_balancing_scheme = "«EXTERNAL¦INTERNAL»"
  backend_service = "projects/acme-prod/regions/europe-west1/backendServices/b"
  «port_range = "80"¦network = "projects/acme-prod/global/networks/vpc"
  subnetwork = "projects/acme-prod/regions/europe-west1/subnetworks/s"
  all_ports = true»
}
resource "google_compute_service_attachment" "a" {
  name = "a"
  region = "europe-west1"
  enable_proxy_protocol = false
  connection_preference = "ACCEPT_AUTOMATIC"
  nat_subnets = ["projects/acme-prod/regions/europe-west1/subnetworks/nat"]
  target_service = google_compute_forwarding_rule.f.id
}

=== connection policy in a zone
=> error schema/region: location is "europe-west1-b", a zone
resource "google_network_connectivity_service_connection_policy" "p" {
  name = "redis"
  location = "«europe-west1-b¦europe-west1»"
  service_class = "gcp-memorystore-redis"
  network = "projects/acme-prod/global/networks/vpc"
  psc_config { subnetworks = ["projects/acme-prod/regions/europe-west1/subnetworks/s"] }
}
