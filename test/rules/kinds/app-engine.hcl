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
