=== v2 liveness probe of TCP form with both kinds of startup probe
=> error time/probe-kind: the startup probe asks by http_get and tcp_socket
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      startup_probe {
        tcp_socket { port = 8080 }
        «http_get { path = "/healthz" }¦period_seconds = 5»
      }
    }
  }
}

=== label of a reserved prefix
=> error service/annotations: labels holds "run.googleapis.com/team"
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  labels   = { "«run.googleapis.com/team¦team»" = "a" }
  template { 
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" } 
  }
}

=== second generation with 256Mi
=> error capacity/cpu-memory: memory is 256Mi
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      resources { limits = { cpu = "1", memory = "«256Mi¦512Mi»" } }
    }
  }
}

=== two traffic entries with one tag
=> error service/traffic: two traffic entries have the tag "green"
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template { 
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" } 
  }
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
    tag     = "green"
  }
  traffic {
    type     = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
    revision = "orders-00001-abc"
    percent  = 0
    tag      = "«green¦blue»"
  }
}

=== tag with an underscore
=> error service/traffic: tag is "Next_Release"
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template { 
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" } 
  }
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
    tag     = "«Next_Release¦next-release»"
  }
}

=== key of another region
=> error data/encryption-key: it is in europe-west1, and the key of template.encryption_key is in europe-west4
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template { 
    encryption_key = "projects/acme-prod/locations/«europe-west4¦europe-west1»/keyRings/r/cryptoKeys/k"
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" } 
  }
}

=== job of more tasks than 10000
=> error capacity/job: template.task_count is 20000
resource "google_cloud_run_v2_job" "j" {
  name     = "orders"
  location = "europe-west1"
  template { 
    task_count = «20000¦10000»
    template { 
      containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" } 
    }
  }
}
