=== backend capacity on an internal passthrough
=> error edge/backend-service: backend.capacity_scaler is 0.5 with scheme INTERNAL
resource "google_compute_region_health_check" "h" {
  name = "db-check"
  region = "europe-west1"
  tcp_health_check { port = 5432 }
}
resource "google_compute_region_backend_service" "b" {
  name                  = "db"
  region                = "europe-west1"
  protocol              = "TCP"
  load_balancing_scheme = "INTERNAL"
  health_checks         = [google_compute_region_health_check.h.id]
  backend {
    group          = "projects/acme-prod/zones/europe-west1-b/instanceGroups/g"
    balancing_mode = "CONNECTION"
    «capacity_scaler = 0.5¦»
  }
}

=== PSC NEG behind a health check
=> error edge/psc-neg: health_checks is set with the backend google_compute_region_network_endpoint_group.n of type PRIVATE_SERVICE_CONNECT
resource "google_compute_region_network_endpoint_group" "n" {
  name = "psc"
  region = "europe-west1"
  network_endpoint_type = "PRIVATE_SERVICE_CONNECT"
  psc_target_service = "projects/other/regions/europe-west1/serviceAttachments/a"
  network = "projects/acme-prod/global/networks/vpc"
  subnetwork = "projects/acme-prod/regions/europe-west1/subnetworks/s"
}
resource "google_compute_backend_service" "b" {
  name                  = "psc"
  protocol              = "HTTPS"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  «health_checks = ["projects/acme-prod/global/healthChecks/h"]¦»
  backend { group = google_compute_region_network_endpoint_group.n.id }
}

=== IAP with a client but no secret
=> error edge/backend-service: iap.oauth2_client_secret is not set with iap.oauth2_client_id "123.apps.googleusercontent.com" and without iap.oauth2_client_secret_sha256 or iap.oauth2_client_secret_wo
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "HTTP"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  iap {
    enabled = true
    oauth2_client_id = "123.apps.googleusercontent.com"
    «¦oauth2_client_secret = var.secret»
  }
}
variable "secret" { 
  type = string 
  sensitive = true 
}

=== outlier detection on a classic balancer
=> error edge/backend-service: outlier_detection is set and load_balancing_scheme is "EXTERNAL"
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "HTTP"
  load_balancing_scheme = "«EXTERNAL¦EXTERNAL_MANAGED»"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  outlier_detection { consecutive_errors = 5 }
}

=== affinity cookie ttl above two weeks
=> error edge/backend-service: affinity_cookie_ttl_sec is 2592000
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "HTTP"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  session_affinity = "GENERATED_COOKIE"
  affinity_cookie_ttl_sec = «2592000¦1209600»
}

=== draining longer than an hour
=> error edge/backend-service: connection_draining_timeout_sec is 7200
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "HTTP"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  connection_draining_timeout_sec = «7200¦3600»
}

=== weights of a route that sum to nothing
=> error edge/url-map-routes: default_route_action.weighted_backend_services[0].weight is 1500
resource "google_compute_url_map" "m" {
  name = "m"
  default_route_action {
    weighted_backend_services { 
      backend_service = "projects/acme-prod/global/backendServices/a" 
      weight = «1500¦900»
    }
    weighted_backend_services { 
      backend_service = "projects/acme-prod/global/backendServices/b" 
      weight = 100
    }
  }
}

=== SSL proxy before a backend service of HTTPS
=> error edge/proxy-protocol: protocol of its backend service google_compute_backend_service.b is HTTPS
resource "google_compute_target_ssl_proxy" "p" {
  name = "p"
  backend_service = google_compute_backend_service.b.id
  ssl_certificates = ["projects/acme-prod/global/sslCertificates/c"]
}
resource "google_compute_backend_service" "b" {
  name                  = "web"
  protocol              = "«HTTPS¦SSL»"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
}

=== health check of two kinds
=> error time/health-check: tcp_health_check and http_health_check are set
resource "google_compute_health_check" "h" {
  name = "h"
  tcp_health_check { port = 80 }
  «http_health_check { port = 80 }¦»
}

=== fixed port with the serving port
=> error edge/health-check-port: http_health_check.port is 8080
resource "google_compute_health_check" "h" {
  name = "h"
  http_health_check {
    «port = 8080¦»
    port_specification = "USE_SERVING_PORT"
  }
}

=== threshold of twelve
=> error time/health-check: unhealthy_threshold is 12
resource "google_compute_health_check" "h" {
  name = "h"
  unhealthy_threshold = «12¦10»
  tcp_health_check { port = 80 }
}

=== redirect of path and prefix
=> error edge/redirect: default_url_redirect.path_redirect and prefix_redirect are set
resource "google_compute_url_map" "m" {
  name = "m"
  default_url_redirect {
    strip_query = false
    path_redirect = "/new"
    «prefix_redirect = "/n"¦»
  }
}

=== one path in two rules
=> error edge/url-map-paths: path_matcher.path_rule.paths contains "/api/*" in two blocks
resource "google_compute_url_map" "m" {
  name = "m"
  default_service = "projects/acme-prod/global/backendServices/b"
  host_rule {
    hosts = ["acme.com"]
    path_matcher = "p"
  }
  path_matcher {
    name = "p"
    default_service = "projects/acme-prod/global/backendServices/b"
    path_rule {
      paths = ["/api/*"]
      service = "projects/acme-prod/global/backendServices/b"
    }
    path_rule {
      paths = ["/«api¦web»/*"]
      service = "projects/acme-prod/global/backendServices/b"
    }
  }
}

=== two route rules of one priority
=> error edge/url-map-routes: path_matcher.route_rules.priority is 1 in two blocks
resource "google_compute_url_map" "m" {
  name = "m"
  default_service = "projects/acme-prod/global/backendServices/b"
  host_rule {
    hosts = ["acme.com"]
    path_matcher = "p"
  }
  path_matcher {
    name = "p"
    default_service = "projects/acme-prod/global/backendServices/b"
    route_rules {
      priority = 1
      service = "projects/acme-prod/global/backendServices/b"
      match_rules { prefix_match = "/a" }
    }
    route_rules {
      priority = «1¦2»
      service = "projects/acme-prod/global/backendServices/b"
      match_rules { prefix_match = "/b" }
    }
  }
}

=== path rules next to route rules
=> error edge/url-map-routes: path_matcher.path_rule and route_rules are set
resource "google_compute_url_map" "m" {
  name = "m"
  default_service = "projects/acme-prod/global/backendServices/b"
  host_rule {
    hosts = ["acme.com"]
    path_matcher = "p"
  }
  path_matcher {
    name = "p"
    default_service = "projects/acme-prod/global/backendServices/b"
    route_rules {
      priority = 1
      service = "projects/acme-prod/global/backendServices/b"
      match_rules { prefix_match = "/a" }
    }
    «path_rule {
      paths = ["/b"]
      service = "projects/acme-prod/global/backendServices/b"
    }¦»
  }
}

=== full path and prefix in one match
=> error edge/url-map-routes: path_matcher.route_rules.match_rules.prefix_match and full_path_match are set
resource "google_compute_url_map" "m" {
  name = "m"
  default_service = "projects/acme-prod/global/backendServices/b"
  host_rule {
    hosts = ["acme.com"]
    path_matcher = "p"
  }
  path_matcher {
    name = "p"
    default_service = "projects/acme-prod/global/backendServices/b"
    route_rules {
      priority = 1
      service = "projects/acme-prod/global/backendServices/b"
      match_rules {
        prefix_match = "/a"
        «full_path_match = "/a/b"¦»
      }
    }
  }
}

=== faults of 150 percent
=> error edge/url-map-routes: path_matcher.path_rule.route_action.fault_injection_policy.abort.percentage is 150
resource "google_compute_url_map" "m" {
  name = "m"
  default_service = "projects/acme-prod/global/backendServices/b"
  host_rule {
    hosts = ["acme.com"]
    path_matcher = "p"
  }
  path_matcher {
    name = "p"
    default_service = "projects/acme-prod/global/backendServices/b"
    path_rule {
      paths = ["/api/*"]
      service = "projects/acme-prod/global/backendServices/b"
      route_action {
        fault_injection_policy {
          abort {
            http_status = 503
            percentage = «150¦15»
          }
        }
      }
    }
  }
}

=== retry condition that is none
=> error edge/url-map-routes: path_matcher.path_rule.route_action.retry_policy.retry_conditions contains "5XX-error"
resource "google_compute_url_map" "m" {
  name = "m"
  default_service = "projects/acme-prod/global/backendServices/b"
  host_rule {
    hosts = ["acme.com"]
    path_matcher = "p"
  }
  path_matcher {
    name = "p"
    default_service = "projects/acme-prod/global/backendServices/b"
    path_rule {
      paths = ["/api/*"]
      service = "projects/acme-prod/global/backendServices/b"
      route_action {
        retry_policy {
          num_retries = 2
          retry_conditions = ["«5XX-error¦5xx»"]
        }
      }
    }
  }
}

=== utilization in percent
=> error edge/backend-service: backend.max_utilization is 80
resource "google_compute_backend_service" "b" {
  name = "b"
  protocol = "HTTP"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  backend {
    group = "projects/acme-prod/zones/europe-west1-b/instanceGroups/g"
    balancing_mode = "UTILIZATION"
    max_utilization = «80¦0.8»
  }
}

=== negative caching of 500
=> error edge/cdn-policy: cdn_policy.negative_caching_policy.code is "500"
resource "google_compute_backend_service" "b" {
  name = "b"
  protocol = "HTTP"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  enable_cdn = true
  cdn_policy {
    negative_caching = true
    signed_url_cache_max_age_sec = 60
    negative_caching_policy {
      code = «500¦404»
      ttl = 60
    }
  }
}

=== backend bucket with gs://
=> error data/bucket-name: bucket_name is "gs://acme-prod-web"
resource "google_compute_backend_bucket" "b" {
  name = "b"
  bucket_name = "«gs://¦»acme-prod-web"
}

=== global rule in the standard tier
=> error edge/address: network_tier is "STANDARD"
resource "google_compute_global_forwarding_rule" "f" {
  name = "f"
  target = "projects/acme-prod/global/targetHttpsProxies/p"
  port_range = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  «network_tier = "STANDARD"¦»
}

=== all ports and some
=> error edge/forwarding-port: ports is set and all_ports is true
resource "google_compute_forwarding_rule" "f" {
  name = "f"
  region = "europe-west1"
  load_balancing_scheme = "INTERNAL"
  backend_service = "projects/acme-prod/regions/europe-west1/backendServices/b"
  network = "projects/acme-prod/global/networks/vpc"
  subnetwork = "projects/acme-prod/regions/europe-west1/subnetworks/s"
  all_ports = true
  «ports = ["80"]¦»
}

=== internet endpoint without a host
=> error edge/endpoint-balancing: fqdn is not set, and google_compute_global_network_endpoint_group.n is of type INTERNET_FQDN_PORT
resource "google_compute_global_network_endpoint_group" "n" {
  name = "n"
  network_endpoint_type = "INTERNET_FQDN_PORT"
  default_port = 443
}
resource "google_compute_global_network_endpoint" "e" {
  global_network_endpoint_group = google_compute_global_network_endpoint_group.n.id
  port = 443
  «ip_address = "203.0.113.7"¦fqdn = "api.example.com"»
}

=== port of a group of addresses
=> error edge/neg-service: default_port is 80 with network_endpoint_type "GCE_VM_IP"
resource "google_compute_network_endpoint_group" "n" {
  name = "n"
  zone = "europe-west1-b"
  network = "projects/acme-prod/global/networks/vpc"
  subnetwork = "projects/acme-prod/regions/europe-west1/subnetworks/s"
  network_endpoint_type = "GCE_VM_IP"
  «default_port = 80¦»
}

=== hybrid endpoints by utilization
=> error edge/endpoint-balancing: balancing_mode of the backend google_compute_network_endpoint_group.n is UTILIZATION
resource "google_compute_network_endpoint_group" "n" {
  name = "n"
  zone = "europe-west1-b"
  network = "projects/acme-prod/global/networks/vpc"
  network_endpoint_type = "NON_GCP_PRIVATE_IP_PORT"
  default_port = 80
}
resource "google_compute_backend_service" "b" {
  name = "b"
  protocol = "HTTP"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  health_checks = ["projects/acme-prod/global/healthChecks/h"]
  backend {
    group = google_compute_network_endpoint_group.n.id
    balancing_mode = "«UTILIZATION¦RATE»"
    «¦max_rate_per_endpoint = 10»
  }
}

=== healing after two hours
=> error schema/out-of-range: auto_healing_policies.initial_delay_sec is 7200
resource "google_compute_instance_group_manager" "m" {
  name = "m"
  zone = "europe-west1-b"
  base_instance_name = "web"
  target_size = 2
  version { instance_template = "projects/acme-prod/global/instanceTemplates/t" }
  auto_healing_policies {
    health_check = "projects/acme-prod/global/healthChecks/h"
    initial_delay_sec = «7200¦3600»
  }
}

=== autoscaler with more at least than at most
=> error capacity/autoscaler: autoscaling_policy.min_replicas is 6 and max_replicas is 5
resource "google_compute_region_autoscaler" "a" {
  name = "a"
  region = "europe-west1"
  target = "projects/acme-prod/regions/europe-west1/instanceGroupManagers/m"
  autoscaling_policy {
    min_replicas = «6¦2»
    max_replicas = 5
    cpu_utilization { target = 0.6 }
  }
}

=== autoscaler by percent
=> error capacity/autoscaler: autoscaling_policy.cpu_utilization.target is 60
resource "google_compute_region_autoscaler" "a" {
  name = "a"
  region = "europe-west1"
  target = "projects/acme-prod/regions/europe-west1/instanceGroupManagers/m"
  autoscaling_policy {
    min_replicas = 2
    max_replicas = 5
    cpu_utilization { target = «60¦0.6» }
  }
}

=== certificates without a map at a global external proxy
=> error edge/proxy-certificates: certificate_manager_certificates is set and google_compute_global_forwarding_rule.f is EXTERNAL_MANAGED
resource "google_certificate_manager_certificate" "c" {
  name = "c"
  managed { domains = ["acme.com"] }
}
resource "google_certificate_manager_certificate_map" "m" { name = "m" }
resource "google_certificate_manager_certificate_map_entry" "e" {
  name = "e"
  map = google_certificate_manager_certificate_map.m.name
  hostname = "acme.com"
  certificates = [google_certificate_manager_certificate.c.id]
}
resource "google_compute_target_https_proxy" "p" {
  name = "p"
  url_map = "projects/acme-prod/global/urlMaps/m"
  «certificate_manager_certificates = [google_certificate_manager_certificate.c.id]¦certificate_map = "//certificatemanager.googleapis.com/${google_certificate_manager_certificate_map.m.id}"»
}
resource "google_compute_global_forwarding_rule" "f" {
  name = "f"
  target = google_compute_target_https_proxy.p.id
  port_range = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
