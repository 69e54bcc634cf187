terraform {
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.0"
    }
  }
}

resource "google_redis_instanze" "cache" {
  name           = "cache"
  memory_size_gb = 1
}
