resource "google_storage_transfer_job" "copy" {
  description = "copy"
  transfer_spec {
    gcs_data_source {
      bucket_name = "acme-uploads"
    }
    gcs_data_sink {
      bucket_name = "acme-archive"
    }
  }
  schedule {
    schedule_start_date {
      year  = 2026
      month = 1
      day   = 1
    }
    repeat_interval = "600s" # an hour or more
  }
}
