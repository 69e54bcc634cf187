=== two ports in one text
=> error reachability/firewall-shape: allow.ports contains "80,443"
resource "google_compute_firewall" "f" {
  name = "web"
  network = "vpc"
  source_ranges = ["0.0.0.0/0"]
  target_tags = ["web"]
  allow { 
    protocol = "tcp" 
    ports = [«"80,443"¦"80", "443"»] 
  }
}

=== two rules of a network policy with one priority
=> error reachability/firewall-policy: priority is 1000, as that of google_compute_network_firewall_policy_rule.a in the same policy
resource "google_compute_network_firewall_policy" "p" { name = "p" }
resource "google_compute_network_firewall_policy_rule" "a" {
  firewall_policy = google_compute_network_firewall_policy.p.name
  priority = 1000
  direction = "INGRESS"
  action = "allow"
  match { 
    src_ip_ranges = ["10.0.0.0/8"] 
    layer4_configs { ip_protocol = "tcp" } 
  }
}
resource "google_compute_network_firewall_policy_rule" "b" {
  firewall_policy = google_compute_network_firewall_policy.p.name
  priority = «1000¦1001»
  direction = "INGRESS"
  action = "deny"
  match { 
    src_ip_ranges = ["0.0.0.0/0"] 
    layer4_configs { ip_protocol = "all" } 
  }
}

=== goto_next that logs
=> error reachability/firewall-policy-shape: enable_logging is true with action "goto_next" and enable_logging "true"
resource "google_compute_network_firewall_policy_rule" "a" {
  firewall_policy = "p"
  priority = 1000
  direction = "INGRESS"
  action = "goto_next"
  «enable_logging = true¦»
  match { 
    src_ip_ranges = ["10.0.0.0/8"] 
    layer4_configs { ip_protocol = "all" } 
  }
}

=== source tags of an egress rule
=> error reachability/firewall-policy-shape: match.src_secure_tags is set with direction "EGRESS"
resource "google_compute_network_firewall_policy_rule" "a" {
  firewall_policy = "p"
  priority = 1000
  direction = "«EGRESS¦INGRESS»"
  action = "allow"
  match { 
    «dest_ip_ranges¦src_ip_ranges» = ["10.0.0.0/8"] 
    src_secure_tags { name = "tagValues/123" }
    layer4_configs { ip_protocol = "all" } 
  }
}

=== hierarchical policy under a project
=> error reachability/firewall-policy-shape: parent is "projects/acme-prod"
resource "google_compute_firewall_policy" "p" {
  parent = "«projects/acme-prod¦folders/123456»"
  short_name = "base"
}

=== country code in lower case
=> error reachability/firewall-policy-shape: match.src_region_codes contains "de"
resource "google_compute_network_firewall_policy_rule" "a" {
  firewall_policy = "p"
  priority = 1000
  direction = "INGRESS"
  action = "deny"
  match { 
    src_region_codes = ["«de¦DE»"]
    layer4_configs { ip_protocol = "all" } 
  }
}

=== inspection without a profile
=> error reachability/firewall-policy-shape: security_profile_group is not set with action "apply_security_profile_group"
resource "google_compute_network_firewall_policy_rule" "a" {
  firewall_policy = "p"
  priority = 1000
  direction = "INGRESS"
  action = "apply_security_profile_group"
  «¦security_profile_group = "//networksecurity.googleapis.com/organizations/1/locations/global/securityProfileGroups/g"»
  match { 
    src_ip_ranges = ["10.0.0.0/8"] 
    layer4_configs { ip_protocol = "all" } 
  }
}

=== two associations of one network
=> error reachability/firewall-policy: attachment_target is the network of google_compute_network_firewall_policy_association.a
resource "google_compute_network" "n" { 
  name = "vpc" 
  auto_create_subnetworks = false 
}
resource "google_compute_network_firewall_policy" "p" { name = "p" }
resource "google_compute_network_firewall_policy" "q" { name = "q" }
resource "google_compute_network_firewall_policy_association" "a" {
  name = "a"
  firewall_policy = google_compute_network_firewall_policy.p.name
  attachment_target = google_compute_network.n.id
}
«resource "google_compute_network_firewall_policy_association" "b" {
  name = "b"
  firewall_policy = google_compute_network_firewall_policy.q.name
  attachment_target = google_compute_network.n.id
}¦»

=== priority above the reserved ones
=> error reachability/firewall-policy-shape: priority is 2147483647
resource "google_compute_network_firewall_policy_rule" "a" {
  firewall_policy = "p"
  priority = «2147483647¦2147483547»
  direction = "INGRESS"
  action = "deny"
  match { 
    src_ip_ranges = ["0.0.0.0/0"] 
    layer4_configs { ip_protocol = "all" } 
  }
}

=== source range with host bits in an egress rule
=> error reachability/firewall-shape: source_ranges is set with direction "EGRESS"
resource "google_compute_firewall" "f" {
  name = "out"
  network = "vpc"
  direction = "EGRESS"
  «source_ranges¦destination_ranges» = ["10.0.0.0/8"]
  deny { protocol = "all" }
}

=== service account by its id as source
=> error reachability/firewall-shape: source_service_accounts contains "orders"
resource "google_compute_firewall" "f" {
  name = "web"
  network = "vpc"
  source_service_accounts = ["«orders¦orders@acme-prod.iam.gserviceaccount.com»"]
  allow { protocol = "tcp" }
}

=== target tag with a capital
=> error reachability/firewall-shape: target_tags contains "Web"
resource "google_compute_firewall" "f" {
  name = "web"
  network = "vpc"
  source_ranges = ["10.0.0.0/8"]
  target_tags = ["«Web¦web»"]
  allow { protocol = "tcp" }
}

=== secure tag by its short name
=> error reachability/firewall-policy-shape: target_secure_tags.name is "web"
resource "google_compute_network_firewall_policy_rule" "a" {
  firewall_policy = "p"
  priority = 1000
  direction = "INGRESS"
  action = "allow"
  match {
    src_ip_ranges = ["10.0.0.0/8"]
    layer4_configs { ip_protocol = "tcp" }
  }
  target_secure_tags { name = "«web¦tagValues/281478409127147»" }
}
