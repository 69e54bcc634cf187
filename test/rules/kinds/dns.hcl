=== DNSSEC on a private zone
=> error reachability/dns-form: visibility is "private" and dnssec_config.state is "on"
resource "google_dns_managed_zone" "z" {
  name = "internal"
  dns_name = "acme.internal."
  visibility = "private"
  private_visibility_config { 
    networks { network_url = "projects/acme-prod/global/networks/vpc" } 
  }
  «dnssec_config { state = "on" }¦»
}

=== two policies on one network
=> error reachability/dns-binding: it is bound to a network of google_dns_policy.a
resource "google_compute_network" "n" { 
  name = "vpc" 
  auto_create_subnetworks = false 
}
resource "google_dns_policy" "a" {
  name = "inbound"
  enable_inbound_forwarding = true
  networks { network_url = google_compute_network.n.id }
}
«resource "google_dns_policy" "b" {
  name = "logging"
  enable_logging = true
  networks { network_url = google_compute_network.n.id }
}¦»

=== one private name twice on one network
=> error reachability/dns-binding: its dns_name "acme.internal." and a network are those of google_dns_managed_zone.a
resource "google_compute_network" "n" { 
  name = "vpc" 
  auto_create_subnetworks = false 
}
resource "google_dns_managed_zone" "a" {
  name = "a"
  dns_name = "acme.internal."
  visibility = "private"
  private_visibility_config { 
    networks { network_url = google_compute_network.n.id } 
  }
}
resource "google_dns_managed_zone" "b" {
  name = "b"
  dns_name = "«¦db.»acme.internal."
  visibility = "private"
  private_visibility_config { 
    networks { network_url = google_compute_network.n.id } 
  }
}

=== CNAME beside another record
=> error reachability/dns-form: it is a TXT record of "www.acme.com.", of which google_dns_record_set.a is a CNAME record
resource "google_dns_managed_zone" "z" { 
  name = "acme" 
  dns_name = "acme.com." 
}
resource "google_dns_record_set" "a" {
  managed_zone = google_dns_managed_zone.z.name
  name = "www.acme.com."
  type = "CNAME"
  ttl = 300
  rrdatas = ["acme.github.io."]
}
resource "google_dns_record_set" "b" {
  managed_zone = google_dns_managed_zone.z.name
  name = "«www¦txt».acme.com."
  type = "TXT"
  ttl = 300
  rrdatas = ["\"v=1\""]
}

=== SRV record without its numbers
=> error reachability/dns-form: rrdatas contains "sip.acme.com."
resource "google_dns_record_set" "b" {
  managed_zone = "acme"
  name = "_sip._tcp.acme.com."
  type = "SRV"
  ttl = 300
  rrdatas = ["«sip.acme.com.¦10 5 5060 sip.acme.com.»"]
}

=== CAA record without a tag
=> error reachability/dns-form: rrdatas contains "letsencrypt.org"
resource "google_dns_record_set" "b" {
  managed_zone = "acme"
  name = "acme.com."
  type = "CAA"
  ttl = 300
  rrdatas = ["«letsencrypt.org¦0 issue \"letsencrypt.org\"»"]
}

=== geo routing by zone
=> error reachability/dns-form: routing_policy.geo.location is "europe-west1-b"
resource "google_dns_record_set" "b" {
  managed_zone = "acme"
  name = "www.acme.com."
  type = "A"
  ttl = 300
  routing_policy { 
    geo { 
      location = "«europe-west1-b¦europe-west1»" 
      rrdatas = ["192.0.2.1"] 
    }
  }
}

=== response policy rule name without its dot
=> error reachability/dns-form: dns_name is "storage.googleapis.com"
resource "google_dns_response_policy" "p" { 
  response_policy_name = "p" 
  networks { network_url = "projects/acme-prod/global/networks/vpc" }
}
resource "google_dns_response_policy_rule" "r" {
  response_policy = google_dns_response_policy.p.response_policy_name
  rule_name = "r"
  dns_name = "storage.googleapis.com«¦.»"
  local_data { 
    local_datas { 
      name = "storage.googleapis.com." 
      type = "A" 
      ttl = 300 
      rrdatas = ["199.36.153.4"] 
    } 
  }
}

=== record in a zone that forwards
=> error reachability/dns-form: its zone google_dns_managed_zone.z has forwarding_config
resource "google_dns_managed_zone" "z" {
  name = "corp"
  dns_name = "corp.acme.com."
  visibility = "private"
  private_visibility_config {
    networks { network_url = "projects/acme-prod/global/networks/vpc" }
  }
  «forwarding_config {
    target_name_servers { ipv4_address = "10.1.1.1" }
  }¦»
}
resource "google_dns_record_set" "r" {
  managed_zone = google_dns_managed_zone.z.name
  name = "db.corp.acme.com."
  type = "A"
  ttl = 300
  rrdatas = ["10.1.1.9"]
}

=== forwarding to a name
=> error reachability/dns-form: forwarding_config.target_name_servers.ipv4_address is "dns.acme.com"
resource "google_dns_managed_zone" "z" {
  name = "corp"
  dns_name = "corp.acme.com."
  visibility = "private"
  private_visibility_config {
    networks { network_url = "projects/acme-prod/global/networks/vpc" }
  }
  forwarding_config {
    target_name_servers { ipv4_address = "«dns.acme.com¦10.1.1.1»" }
  }
}
