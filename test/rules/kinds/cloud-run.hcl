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

=== one volume of two kinds
=> error service/volumes: the volume "v" holds secret and empty_dir
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"

  template {
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      volume_mounts {
        name = "v"
        mount_path = "/v"
      }
    }
    volumes {
      name = "v"
      secret { secret = "projects/acme-prod/secrets/s" }
      «empty_dir { medium = "MEMORY" }¦»
    }
  }
}

=== eleven containers
=> error service/containers: the template has 11 containers
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"

  template {
    dynamic "containers" {
      for_each = range(«11¦10»)
      content {
        name = "c${containers.value}"
        image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
        dynamic "ports" {
          for_each = containers.value == 0 ? [8080] : []
          content { container_port = ports.value }
        }
      }
    }
  }
}

=== service account by its short name
=> error service/containers: the service account is "orders"
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"

  template {
    service_account = "«orders¦orders@acme-prod.iam.gserviceaccount.com»"
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" }
  }
}

=== 2000 requests at once
=> error capacity/concurrency: max_instance_request_concurrency is 2000
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"

  template {
    max_instance_request_concurrency = «2000¦1000»
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" }
  }
}

=== bucket volume with gs://
=> error service/volumes: the volume "v" is of the bucket "gs://acme-prod-files"
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"

  template {
    execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      volume_mounts {
        name = "v"
        mount_path = "/v"
      }
    }
    volumes {
      name = "v"
      gcs { bucket = "«gs://¦»acme-prod-files" }
    }
  }
}

=== sockets of Cloud SQL mounted elsewhere
=> error service/volumes: the Cloud SQL volume "sql" is mounted at "/sql"
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"

  template {
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      volume_mounts {
        name = "sql"
        mount_path = "/«sql¦cloudsql»"
      }
    }
    volumes {
      name = "sql"
      cloud_sql_instance { instances = ["acme-prod:europe-west1:main"] }
    }
  }
}

=== 64Gi of memory
=> error capacity/cpu-memory: memory is 64Gi with 8 CPU
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"

  template {
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      resources { limits = { cpu = "8", memory = "«64Gi¦32Gi»" } }
    }
  }
}

=== three CPUs
=> error capacity/cpu-memory: cpu is "3"
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"

  template {
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      resources { limits = { cpu = "«3¦4»", memory = "4Gi" } }
    }
  }
}

=== throttling that is no boolean
=> error service/annotations: template.metadata.annotations has "run.googleapis.com/cpu-throttling" = "off"
resource "google_cloud_run_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    metadata {
      annotations = { "run.googleapis.com/cpu-throttling" = "«off¦false»" }
    }
    spec {
      containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" }
    }
  }
}

=== two GPUs in one container
=> error service/template-words: nvidia.com/gpu is 2
resource "google_cloud_run_v2_service" "s" {
  name     = "llm"
  location = "europe-west1"
  template {
    gpu_zonal_redundancy_disabled = true
    node_selector { accelerator = "nvidia-l4" }
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      resources {
        limits = {
          cpu = "8"
          memory = "32Gi"
          "nvidia.com/gpu" = "«2¦1»"
        }
      }
    }
  }
}

=== key of a map that is no limit
=> error service/template-words: resources.limits has "mem"
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      resources { limits = { cpu = "1", «mem¦memory» = "512Mi" } }
    }
  }
}

=== probe of port 70000
=> error service/template-words: template.containers.startup_probe.tcp_socket.port is 70000
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      startup_probe {
        tcp_socket { port = «70000¦8080» }
      }
    }
  }
}
