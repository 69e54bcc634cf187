resource "google_dataflow_job" "load" {
  name              = "load"
  template_gcs_path = "gs://dataflow-templates-europe-west1/latest/PubSub_to_BigQuery"
  temp_gcs_location = "acme-orders-temp/dataflow" # gs://
}
