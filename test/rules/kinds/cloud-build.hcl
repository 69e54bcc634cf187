=== step id twice
=> error service/build-steps: two steps of build have the id "test"
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  location = "europe-west1"
  service_account = "projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com"
  repository_event_config { 
    repository = "projects/acme-prod/locations/europe-west1/connections/c/repositories/r" 
    push { branch = "^main$" }
  }
  build {
    step { 
      id = "test" 
      name = "node" 
    }
    step { 
      id = "«test¦build»" 
      name = "node" 
    }
    options { logging = "CLOUD_LOGGING_ONLY" }
  }
}

=== volume of one step only
=> error service/build-steps: the volume "cache" is in one step of build
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  location = "europe-west1"
  service_account = "projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com"
  repository_event_config { 
    repository = "projects/acme-prod/locations/europe-west1/connections/c/repositories/r" 
    push { branch = "^main$" }
  }
  build {
    step { 
      name = "node" 
      volumes { 
        name = "cache" 
        path = "/cache" 
      }
    }
    step { 
      name = "node" 
      «¦volumes { 
        name = "cache" 
        path = "/cache" 
      }»
    }
    options { logging = "CLOUD_LOGGING_ONLY" }
  }
}

=== secret variable that nothing provides
=> error service/build-steps: secret_env of build.step has "NPM_TOKEN"
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  location = "europe-west1"
  service_account = "projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com"
  repository_event_config { 
    repository = "projects/acme-prod/locations/europe-west1/connections/c/repositories/r" 
    push { branch = "^main$" }
  }
  build {
    step { 
      name = "node" 
      secret_env = ["NPM_TOKEN"]
    }
    available_secrets { 
      secret_manager { 
        env = "«TOKEN¦NPM_TOKEN»" 
        version_name = "projects/acme-prod/secrets/npm/versions/1" 
      } 
    }
    options { logging = "CLOUD_LOGGING_ONLY" }
  }
}

=== timeout of two days
=> error service/build-steps: build.timeout is 172800 s
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  location = "europe-west1"
  service_account = "projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com"
  repository_event_config { 
    repository = "projects/acme-prod/locations/europe-west1/connections/c/repositories/r" 
    push { branch = "^main$" }
  }
  build {
    timeout = "«172800s¦86400s»"
    step { name = "node" }
    options { logging = "CLOUD_LOGGING_ONLY" }
  }
}

=== private pool of another region
=> error reachability/build-repository: location is europe-west1, and its pool google_cloudbuild_worker_pool.p is in europe-west4
resource "google_cloudbuild_worker_pool" "p" {
  name = "pool"
  location = "«europe-west4¦europe-west1»"
}
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  location = "europe-west1"
  service_account = "projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com"
  repository_event_config { 
    repository = "projects/acme-prod/locations/europe-west1/connections/c/repositories/r" 
    push { branch = "^main$" }
  }
  build {
    step { name = "node" }
    options { 
      logging = "CLOUD_LOGGING_ONLY" 
      worker_pool = google_cloudbuild_worker_pool.p.id
    }
  }
}

=== repository URL without .git
=> error service/build-steps: remote_uri is "https://github.com/acme/app"
resource "google_cloudbuildv2_repository" "r" {
  name = "app"
  location = "europe-west1"
  parent_connection = "projects/acme-prod/locations/europe-west1/connections/c"
  remote_uri = "https://github.com/acme/app«¦.git»"
}

=== push by branch and tag
=> error schema/conflict: github.push.branch and github.push.tag are set together in google_cloudbuild_trigger
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  filename = "cloudbuild.yaml"
  github { 
    owner = "acme" 
    name = "app" 
    push { 
      branch = "^main$" 
      «tag = "^v"¦» 
    } 
  }
}

=== webhook secret without version
=> error reachability/full-name: webhook_config.secret is "projects/acme-prod/secrets/hook"
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  webhook_config { secret = "projects/acme-prod/secrets/hook«¦/versions/1»" }
  source_to_build { 
    uri = "https://github.com/acme/app" 
    ref = "refs/heads/main" 
    repo_type = "GITHUB" 
  }
  git_file_source { 
    path = "cloudbuild.yaml" 
    uri = "https://github.com/acme/app" 
    revision = "refs/heads/main" 
    repo_type = "GITHUB" 
  }
}

=== ref without refs/heads
=> error service/build-steps: source_to_build.ref is "main"
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  source_to_build { 
    uri = "https://github.com/acme/app" 
    ref = "«main¦refs/heads/main»" 
    repo_type = "GITHUB" 
  }
  git_file_source { 
    path = "cloudbuild.yaml" 
    uri = "https://github.com/acme/app" 
    revision = "refs/heads/main" 
    repo_type = "GITHUB" 
  }
}

=== disk above 4000
=> error capacity/build-pool: worker_config.disk_size_gb is 5000
resource "google_cloudbuild_worker_pool" "p" {
  name = "pool"
  location = "europe-west1"
  worker_config { 
    machine_type = "e2-standard-4" 
    disk_size_gb = «5000¦500» 
  }
}

=== topic of a trigger by its short name
=> error reachability/full-name: pubsub_config.topic is "orders"
resource "google_cloudbuild_trigger" "t" {
  name = "t"
  pubsub_config { topic = "«orders¦projects/acme-prod/topics/orders»" }
  source_to_build {
    uri = "https://github.com/acme/app"
    ref = "refs/heads/main"
    repo_type = "GITHUB"
  }
  git_file_source {
    path = "cloudbuild.yaml"
    uri = "https://github.com/acme/app"
    revision = "refs/heads/main"
    repo_type = "GITHUB"
  }
}

=== peered network by its short name
=> error reachability/full-name: network_config.peered_network is "vpc"
resource "google_cloudbuild_worker_pool" "p" {
  name = "pool"
  location = "europe-west1"
  network_config { peered_network = "«vpc¦projects/123456/global/networks/vpc»" }
}

=== pool before its network is connected
=> error reachability/build-pool-order: nothing makes it wait for google_service_networking_connection.c, so both are created at the same time
resource "google_compute_network" "n" {
  name = "vpc"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "s" {
  name = "s"
  region = "europe-west1"
  network = google_compute_network.n.id
  ip_cidr_range = "10.0.0.0/24"
}
resource "google_compute_global_address" "psa" {
  name = "psa"
  purpose = "VPC_PEERING"
  address_type = "INTERNAL"
  prefix_length = 16
  network = google_compute_network.n.id
}
resource "google_service_networking_connection" "c" {
  network = google_compute_network.n.id
  service = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.psa.name]
}
resource "google_cloudbuild_worker_pool" "p" {
  name = "pool"
  location = "europe-west1"
  network_config { peered_network = google_compute_network.n.id }
  «¦depends_on = [google_service_networking_connection.c]»
}
