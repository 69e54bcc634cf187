resource "google_redis_instance" "cache" {
  name                    = "cache"
  region                  = "us-central1"
  memory_size_gb          = 1
  redis_version           = "REDIS_6_X"
  authorized_network      = "projects/acme/global/networks/main"
  transit_encryption_mode = "SERVER_AUTHENTICATION" # 1000 clients
}
resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = "us-central1"
  template {
    service_account = "api@acme.iam.gserviceaccount.com"
    scaling { max_instance_count = 30 } # 30 x 2 x 20 = 1200
    vpc_access {
      network_interfaces {
        network    = "main"
        subnetwork = "run"
      }
      egress = "PRIVATE_RANGES_ONLY"
    }
    containers {
      image = "us-docker.pkg.dev/acme/apps/api:1"
      env {
        name  = "REDIS_HOST"
        value = google_redis_instance.cache.host
      }
      env {
        name  = "REDIS_PORT"
        value = google_redis_instance.cache.port
      }
      env {
        name  = "REDIS_TLS"
        value = "true"
      }
      env {
        name  = "REDIS_POOL_SIZE"
        value = "20"
      }
    }
  }
}
