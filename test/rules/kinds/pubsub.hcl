=== bucket with its scheme
=> error time/pubsub: cloud_storage_config.bucket is "gs://acme-archive"
resource "google_pubsub_subscription" "s" {
  name = "archive"
  topic = "projects/acme-prod/topics/t"
  cloud_storage_config { bucket = "«gs://¦»acme-archive" }
}

=== file kept open longer than ten minutes
=> error time/pubsub: cloud_storage_config.max_duration is 900 s
resource "google_pubsub_subscription" "s" {
  name = "archive"
  topic = "projects/acme-prod/topics/t"
  ack_deadline_seconds = 600
  cloud_storage_config { 
    bucket = "acme-archive" 
    max_duration = "«900s¦600s»" 
  }
}

=== file kept open longer than the deadline
=> error time/pubsub: cloud_storage_config.max_duration is 300 s and ack_deadline_seconds 60
resource "google_pubsub_subscription" "s" {
  name = "archive"
  topic = "projects/acme-prod/topics/t"
  ack_deadline_seconds = «60¦300»
  cloud_storage_config { 
    bucket = "acme-archive" 
    max_duration = "300s" 
  }
}

=== Avro schema of a type that is none
=> error time/pubsub: definition has the type "integer"
resource "google_pubsub_schema" "s" {
  name = "orders"
  type = "AVRO"
  definition = jsonencode({ 
    type = "record" 
    name = "Order" 
    fields = [{ 
      name = "id" 
      type = "«integer¦int»" 
    }] 
  })
}

=== protobuf schema of two messages
=> error time/pubsub: definition has the messages Order, Line
resource "google_pubsub_schema" "s" {
  name = "orders"
  type = "PROTOCOL_BUFFER"
  definition = "syntax = \"proto3\"; message Order { string id = 1; } «message Line { string id = 1; }¦»"
}

=== push to a service and to a bucket
=> error schema/conflict: cloud_storage_config and push_config are set together in google_pubsub_subscription
resource "google_pubsub_subscription" "s" {
  name = "archive"
  topic = "projects/acme-prod/topics/t"
  cloud_storage_config { bucket = "acme-archive" }
  «push_config { push_endpoint = "https://orders.example.com/" }¦»
}

=== subscription to BigQuery and to a bucket
=> error schema/conflict: bigquery_config and cloud_storage_config are set together in google_pubsub_subscription
resource "google_pubsub_subscription" "s" {
  name = "archive"
  topic = "projects/acme-prod/topics/t"
  cloud_storage_config { bucket = "acme-archive" }
  «bigquery_config { table = "acme-prod.d.t" }¦»
}

=== file of 500 bytes
=> error time/pubsub: cloud_storage_config.max_bytes is 500
resource "google_pubsub_subscription" "s" {
  name = "archive"
  topic = "projects/acme-prod/topics/t"
  cloud_storage_config {
    bucket = "acme-archive"
    max_bytes = «500¦5000»
  }
}

=== table without the column of messages
=> error reachability/subscription-table: bigquery_config writes to google_bigquery_table.t, which has the columns payload
resource "google_bigquery_table" "t" {
  dataset_id = "raw"
  table_id = "orders"
  schema = jsonencode([{ name = "«payload¦data»", type = "STRING" }])
}
resource "google_pubsub_subscription" "s" {
  name = "archive"
  topic = "projects/acme-prod/topics/t"
  bigquery_config { table = "${google_bigquery_table.t.project}.${google_bigquery_table.t.dataset_id}.${google_bigquery_table.t.table_id}" }
}

=== slash in the name of a topic
=> error service/pubsub-name: name is "orders/created"
resource "google_pubsub_topic" "t" {
  name = "orders«/¦.»created"
}

=== 101 delivery attempts
=> error time/pubsub: dead_letter_policy.max_delivery_attempts is 101
resource "google_pubsub_subscription" "s" {
  name = "orders"
  topic = "projects/acme-prod/topics/t"
  dead_letter_policy {
    dead_letter_topic = "projects/acme-prod/topics/dead"
    max_delivery_attempts = «101¦100»
  }
}

=== schema of a topic by its name
=> error reachability/full-name: schema_settings.schema is "orders"
resource "google_pubsub_topic" "t" {
  name = "orders"
  schema_settings {
    schema = "«orders¦projects/acme-prod/schemas/orders»"
    encoding = "JSON"
  }
}
