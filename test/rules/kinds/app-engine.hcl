=== split that does not sum to 1
=> error service/app-engine: split.allocations add up to 1.25
resource "google_app_engine_service_split_traffic" "s" {
  service = "web"
  split { 
    shard_by = "IP" 
    allocations = { 
      v1 = 0.75 
      v2 = «0.5¦0.25» 
    } 
  }
}

=== subnet without its network
=> error service/app-engine: network.name is not set with network.subnetwork "run"
resource "google_app_engine_flexible_app_version" "v" {
  service = "web"
  version_id = "v1"
  runtime = "nodejs"
  liveness_check { path = "/" }
  readiness_check { path = "/" }
  automatic_scaling { 
    cpu_utilization { target_utilization = 0.5 } 
  }
  deployment { 
    zip { source_url = "https://storage.googleapis.com/b/o.zip" } 
  }
  network { 
    name = "«¦vpc»"
    subnetwork = "run" 
  }
}

=== target utilization above 0.95
=> error service/app-engine: automatic_scaling.standard_scheduler_settings.target_cpu_utilization is 1.5
resource "google_app_engine_standard_app_version" "v" {
  service = "web"
  version_id = "v1"
  runtime = "nodejs20"
  entrypoint { shell = "node app.js" }
  deployment { 
    zip { source_url = "https://storage.googleapis.com/b/o.zip" } 
  }
  automatic_scaling { 
    standard_scheduler_settings { target_cpu_utilization = «1.5¦0.6» } 
  }
}

=== version id with capitals
=> error service/app-engine: version_id is "V1.0"
resource "google_app_engine_standard_app_version" "v" {
  service = "web"
  version_id = "«V1.0¦v1-0»"
  runtime = "nodejs20"
  entrypoint { shell = "node app.js" }
  deployment { 
    zip { source_url = "https://storage.googleapis.com/b/o.zip" } 
  }
}

=== dispatch to a path without slash
=> error service/app-engine: dispatch_rules.path is "api/*"
resource "google_app_engine_application_url_dispatch_rules" "d" {
  dispatch_rules {
    domain = "*"
    path = "«api¦/api»/*"
    service = "api"
  }
}

=== firewall rule of priority 0
=> error service/app-engine: priority is 0
resource "google_app_engine_firewall_rule" "f" {
  priority = «0¦1000»
  action = "ALLOW"
  source_range = "203.0.113.0/24"
}

=== static files without what is uploaded
=> error service/app-engine: handlers.static_files.upload_path_regex is not set
resource "google_app_engine_standard_app_version" "v" {
  service = "web"
  version_id = "v1"
  runtime = "nodejs20"
  entrypoint { shell = "node app.js" }
  deployment {
    zip { source_url = "https://storage.googleapis.com/b/o.zip" }
  }
  handlers {
    url_regex = "/img/(.*)"
    static_files {
      path = "img/\\1"
      «¦upload_path_regex = "img/.*"»
    }
  }
}

=== inbound service that is none
=> error schema/unknown-value: inbound_services is "INBOUND_SERVICE_WARMUPS"
resource "google_app_engine_standard_app_version" "v" {
  service = "web"
  version_id = "v1"
  runtime = "nodejs20"
  entrypoint { shell = "node app.js" }
  deployment {
    zip { source_url = "https://storage.googleapis.com/b/o.zip" }
  }
  inbound_services = ["INBOUND_SERVICE_«WARMUPS¦WARMUP»"]
}

=== instance class that is none
=> error service/app-engine: instance_class is "F8"
resource "google_app_engine_standard_app_version" "v" {
  service = "web"
  version_id = "v1"
  runtime = "nodejs20"
  instance_class = "«F8¦F4»"
  entrypoint { shell = "node app.js" }
  deployment {
    zip { source_url = "https://storage.googleapis.com/b/o.zip" }
  }
}
