=== connector egress without a connector
=> warning service/function-shape: service_config.vpc_connector_egress_settings is "ALL_TRAFFIC", vpc_connector is not set and direct_vpc_network_interface is not set
resource "google_cloudfunctions2_function" "f" {
  name = "thumbs"
  location = "europe-west1"
  build_config { 
    runtime = "nodejs20" 
    entry_point = "run" 
    source { 
      storage_source { 
        bucket = "b" 
        object = "o.zip" 
      } 
    }
  }
  service_config { 
    «¦vpc_connector = "projects/acme-prod/locations/europe-west1/connectors/c"»
    vpc_connector_egress_settings = "ALL_TRAFFIC" 
  }
}

=== runtime that is decommissioned
=> error service/function-shape: runtime is "nodejs8"
resource "google_cloudfunctions_function" "f" {
  name = "thumbs"
  runtime = "«nodejs8¦nodejs20»"
  entry_point = "run"
  trigger_http = true
  source_archive_bucket = "b"
  source_archive_object = "o.zip"
}

=== first generation with more than 8 GB
=> error capacity/cpu-memory: available_memory_mb is "16384"
resource "google_cloudfunctions_function" "f" {
  name = "thumbs"
  runtime = "nodejs20"
  entry_point = "run"
  trigger_http = true
  available_memory_mb = «16384¦8192»
  source_archive_bucket = "b"
  source_archive_object = "o.zip"
}

=== first generation that runs for 15 minutes
=> error time/function-timeout: timeout is 900 s
resource "google_cloudfunctions_function" "f" {
  name = "thumbs"
  runtime = "nodejs20"
  entry_point = "run"
  trigger_http = true
  timeout = «900¦540»
  source_archive_bucket = "b"
  source_archive_object = "o.zip"
}

=== operator that is none
=> error service/event-filter: matching_criteria[3].operator is "match-path"
resource "google_eventarc_trigger" "t" {
  name = "t"
  location = "europe-west1"
  service_account = "ev@acme-prod.iam.gserviceaccount.com"
  matching_criteria { 
    attribute = "type" 
    value = "google.cloud.audit.log.v1.written" 
  }
  matching_criteria { 
    attribute = "serviceName" 
    value = "bigquery.googleapis.com" 
  }
  matching_criteria { 
    attribute = "methodName" 
    value = "google.cloud.bigquery.v2.JobService.InsertJob" 
  }
  matching_criteria { 
    attribute = "resourceName" 
    value = "projects/acme-prod/datasets/*" 
    operator = "«match-path¦match-path-pattern»"
  }
  destination { 
    cloud_run_service { 
      service = "orders" 
      region = "europe-west1" 
    } 
  }
}

=== topic of a function by its short name
=> error reachability/full-name: event_trigger.pubsub_topic is "orders"
resource "google_cloudfunctions2_function" "f" {
  name = "thumbs"
  location = "europe-west1"
  build_config {
    runtime = "nodejs20"
    entry_point = "run"
    source {
      storage_source {
        bucket = "b"
        object = "o.zip"
      }
    }
  }
  event_trigger {
    event_type = "google.cloud.pubsub.topic.v1.messagePublished"
    pubsub_topic = "«orders¦projects/acme-prod/topics/orders»"
    retry_policy = "RETRY_POLICY_RETRY"
  }
}

=== channel of another region
=> error service/event-filter: channel is in europe-west4 and location is europe-west1
resource "google_eventarc_trigger" "t" {
  name = "t"
  location = "europe-west1"
  service_account = "ev@acme-prod.iam.gserviceaccount.com"
  channel = "projects/acme-prod/locations/europe-west«4¦1»/channels/c"
  matching_criteria {
    attribute = "type"
    value = "com.acme.order.created"
  }
  destination {
    cloud_run_service {
      service = "orders"
      region = "europe-west1"
    }
  }
}

=== secret mounted at a relative path
=> error service/function-shape: service_config.secret_volumes.mount_path is "etc/secrets"
resource "google_cloudfunctions2_function" "f" {
  name     = "thumbs"
  location = "europe-west1"
  build_config {
    runtime     = "nodejs20"
    entry_point = "run"
    source {
      storage_source {
        bucket = "b"
        object = "o.zip"
      }
    }
  }
  service_config {
    secret_volumes {
      mount_path = "«etc¦/etc»/secrets"
      project_id = "acme-prod"
      secret     = "key"
    }
  }
}
