=== partitions by time and by range
=> error data/bigquery-shape: time_partitioning and range_partitioning are set
resource "google_bigquery_table" "t" {
  dataset_id = "d"
  table_id = "t"
  schema = jsonencode([{ name = "id", type = "INTEGER" }, { name = "at", type = "TIMESTAMP" }])
  time_partitioning {
    type = "DAY"
    field = "at"
  }
  «range_partitioning {
    field = "id"
    range {
      start = 0
      end = 100
      interval = 10
    }
  }¦»
}
