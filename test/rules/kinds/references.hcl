=== subnet of a connector by its id
=> error reachability/connector-subnet: subnet.name is an id or self link, but must be a bare name
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
resource "google_vpc_access_connector" "c" {
  name = "conn"
  region = "europe-west1"
  subnet { name = google_compute_subnetwork.c.«id¦name» }
  min_instances = 2
  max_instances = 3
}
resource "google_compute_subnetwork" "c" {
  name = "connector"
  region = "europe-west1"
  network = google_compute_network.n.id
  ip_cidr_range = "10.8.0.0/28"
}

=== allocated range by its id
=> error reachability/private-range: reserved_peering_ranges is an id or self link, but must be the bare name of a reserved range
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
  reserved_peering_ranges = [google_compute_global_address.psa.«id¦name»]
}

=== service of an endpoint group by its id
=> error edge/neg-service: cloud_run.service is the id of google_cloud_run_v2_service.s
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" }
  }
}
resource "google_compute_region_network_endpoint_group" "n" {
  name = "neg"
  region = "europe-west1"
  network_endpoint_type = "SERVERLESS"
  cloud_run { service = google_cloud_run_v2_service.s.«id¦name» }
}

=== grant on a secret by its version
=> error reachability/reference-attribute: secret_id is google_secret_manager_secret_version.v.id
resource "google_secret_manager_secret" "k" {
  secret_id = "key"
  replication {
    auto {}
  }
}
variable "v" {
  type = string
  sensitive = true
}
resource "google_secret_manager_secret_version" "v" {
  secret = google_secret_manager_secret.k.id
  secret_data = var.v
}
resource "google_secret_manager_secret_iam_member" "m" {
  secret_id = «google_secret_manager_secret_version.v.id¦google_secret_manager_secret.k.id»
  role = "roles/secretmanager.secretAccessor"
  member = "serviceAccount:orders@acme-prod.iam.gserviceaccount.com"
}

=== grant on a bucket by its URL
=> error data/bucket-name: bucket is "gs://acme-prod-files"
resource "google_storage_bucket" "b" {
  name = "acme-prod-files"
  location = "EU"
  uniform_bucket_level_access = true
}
resource "google_storage_bucket_iam_member" "m" {
  bucket = google_storage_bucket.b.«url¦name»
  role = "roles/storage.objectViewer"
  member = "serviceAccount:orders@acme-prod.iam.gserviceaccount.com"
}

=== grant on a dataset by its id
=> error reachability/reference-attribute: dataset_id is google_bigquery_dataset.d.id
resource "google_bigquery_dataset" "d" {
  dataset_id = "raw"
  location = "EU"
}
resource "google_bigquery_dataset_iam_member" "m" {
  dataset_id = google_bigquery_dataset.d.«id¦dataset_id»
  role = "roles/bigquery.dataViewer"
  member = "serviceAccount:orders@acme-prod.iam.gserviceaccount.com"
}

=== member made of the id of an account
=> error identity/member-form: member is serviceAccount: and google_service_account.a.id
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" }
  }
}
resource "google_service_account" "a" { account_id = "caller" }
resource "google_cloud_run_v2_service_iam_member" "m" {
  name = google_cloud_run_v2_service.s.name
  location = "europe-west1"
  role = "roles/run.invoker"
  member = "serviceAccount:${google_service_account.a.«id¦email»}"
}

=== version of a secret by its id
=> error reachability/reference-attribute: template.containers.env.value_source.secret_key_ref.version is google_secret_manager_secret_version.v.id
resource "google_secret_manager_secret" "k" {
  secret_id = "key"
  replication {
    auto {}
  }
}
variable "v" {
  type = string
  sensitive = true
}
resource "google_secret_manager_secret_version" "v" {
  secret = google_secret_manager_secret.k.id
  secret_data = var.v
}
resource "google_service_account" "a" { account_id = "orders-run" }
resource "google_secret_manager_secret_iam_member" "m" {
  secret_id = google_secret_manager_secret.k.id
  role = "roles/secretmanager.secretAccessor"
  member = google_service_account.a.member
}
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  depends_on = [google_secret_manager_secret_iam_member.m]
  template {
    service_account = google_service_account.a.email
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      env {
        name = "KEY"
        value_source {
          secret_key_ref {
            secret = google_secret_manager_secret.k.secret_id
            version = google_secret_manager_secret_version.v.«id¦version»
          }
        }
      }
    }
  }
}

=== database by its self link
=> error reachability/reference-attribute: template.volumes.cloud_sql_instance.instances is google_sql_database_instance.i.self_link
resource "google_sql_database_instance" "i" {
  name = "main"
  region = "europe-west1"
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    edition = "ENTERPRISE"
  }
}
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers {
      image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1"
      volume_mounts {
        name = "cloudsql"
        mount_path = "/cloudsql"
      }
    }
    volumes {
      name = "cloudsql"
      cloud_sql_instance { instances = [google_sql_database_instance.i.«self_link¦connection_name»] }
    }
  }
}

=== schedule that calls the id of a service
=> error reachability/reference-attribute: http_target.uri is google_cloud_run_v2_service.s.id
resource "google_cloud_run_v2_service" "s" {
  name     = "orders"
  location = "europe-west1"
  template {
    containers { image = "europe-west1-docker.pkg.dev/acme-prod/app/s:1" }
  }
}
resource "google_cloud_scheduler_job" "j" {
  name = "nightly"
  region = "europe-west1"
  schedule = "0 3 * * *"
  http_target {
    uri = google_cloud_run_v2_service.s.«id¦uri»
    oidc_token { service_account_email = "caller@acme-prod.iam.gserviceaccount.com" }
  }
}
resource "google_cloud_run_v2_service_iam_member" "m" {
  name = google_cloud_run_v2_service.s.name
  location = "europe-west1"
  role = "roles/run.invoker"
  member = "serviceAccount:caller@acme-prod.iam.gserviceaccount.com"
}

=== certificate of Certificate Manager as a classic one
=> error edge/proxy-certificates: ssl_certificates contains google_certificate_manager_certificate.c, a certificate of Certificate Manager
resource "google_certificate_manager_certificate" "c" {
  name = "c"
  managed { domains = ["acme.com"] }
}
resource "google_compute_managed_ssl_certificate" "m" {
  name = "m"
  managed { domains = ["acme.com"] }
}
resource "google_compute_target_https_proxy" "p" {
  name = "p"
  url_map = "projects/acme-prod/global/urlMaps/m"
  ssl_certificates = [«google_certificate_manager_certificate.c.id¦google_compute_managed_ssl_certificate.m.id»]
}
