=== reducer without aligner
=> error observability/alert-timing: conditions.condition_threshold.aggregations.cross_series_reducer is "REDUCE_SUM" without per_series_aligner
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  conditions {
    display_name = "c"
    condition_threshold {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
      comparison = "COMPARISON_GT"
      threshold_value = 5
      duration = "60s"
      aggregations { 
        alignment_period = "60s"
        «¦per_series_aligner = "ALIGN_RATE"»
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
}

=== comparison that alerts have not
=> error observability/alert-shape: conditions.condition_threshold.comparison is "COMPARISON_GE"
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  conditions {
    display_name = "c"
    condition_threshold {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
      comparison = "COMPARISON_«GE¦GT»"
      threshold_value = 5
      duration = "60s"
      aggregations { 
        alignment_period = "60s"
        per_series_aligner = "ALIGN_RATE"
      }
    }
  }
}

=== log condition beside another
=> error observability/alert-shape: conditions has a condition_matched_log among 2
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  alert_strategy { 
    notification_rate_limit { period = "300s" } 
  }
  conditions {
    display_name = "c"
    condition_matched_log { filter = "severity>=ERROR" }
  }
  «conditions {
    display_name = "d"
    condition_matched_log { filter = "severity>=CRITICAL" }
  }¦»
}

=== missing data handled with no duration
=> error observability/alert-timing: conditions.condition_threshold.evaluation_missing_data is "EVALUATION_MISSING_DATA_INACTIVE" with duration "0s"
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  conditions {
    display_name = "c"
    condition_threshold {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
      comparison = "COMPARISON_GT"
      threshold_value = 5
      duration = "«0s¦60s»"
      evaluation_missing_data = "EVALUATION_MISSING_DATA_INACTIVE"
      aggregations { 
        alignment_period = "60s"
        per_series_aligner = "ALIGN_RATE"
      }
    }
  }
}

=== absence longer than a day
=> error observability/alert-timing: conditions.condition_absent.duration is 172800 s
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  conditions {
    display_name = "c"
    condition_absent {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
      duration = "«172800s¦3600s»"
      aggregations { 
        alignment_period = "60s"
        per_series_aligner = "ALIGN_RATE"
      }
    }
  }
}

=== seven conditions
=> error observability/alert-shape: conditions has 7 entries
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  dynamic "conditions" {
    for_each = range(«7¦6»)
    content {
      display_name = "c${conditions.value}"
      condition_threshold {
        filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
        comparison = "COMPARISON_GT"
        threshold_value = conditions.value
        duration = "60s"
        aggregations { 
          alignment_period = "60s"
          per_series_aligner = "ALIGN_RATE"
        }
      }
    }
  }
}

=== trigger by count and percent
=> error observability/alert-shape: conditions.condition_threshold.trigger.count and percent are set
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  conditions {
    display_name = "c"
    condition_threshold {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
      comparison = "COMPARISON_GT"
      threshold_value = 5
      duration = "60s"
      trigger { 
        count = 1 
        «percent = 50¦»
      }
      aggregations { 
        alignment_period = "60s"
        per_series_aligner = "ALIGN_RATE"
      }
    }
  }
}

=== closes after ten days
=> error observability/alert-timing: alert_strategy.auto_close is 864000 s
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  alert_strategy { auto_close = "«864000s¦604800s»" }
  conditions {
    display_name = "c"
    condition_threshold {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
      comparison = "COMPARISON_GT"
      threshold_value = 5
      duration = "60s"
      aggregations { 
        alignment_period = "60s"
        per_series_aligner = "ALIGN_RATE"
      }
    }
  }
}

=== PromQL evaluated every 20 seconds
=> error observability/alert-timing: conditions.condition_prometheus_query_language.evaluation_interval is 20 s
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  conditions {
    display_name = "c"
    condition_prometheus_query_language { 
      query = "up == 0"
      evaluation_interval = "«20s¦30s»"
      duration = "60s"
    }
  }
}

=== SLO with a goal of one
=> error observability/objective: goal is 1
resource "google_monitoring_custom_service" "s" { service_id = "orders" }
resource "google_monitoring_slo" "o" {
  service = google_monitoring_custom_service.s.service_id
  goal = «1¦0.999»
  rolling_period_days = 28
  request_based_sli { 
    good_total_ratio { 
      good_service_filter = "metric.type=\"run.googleapis.com/request_count\" resource.type=\"cloud_run_revision\" metric.labels.response_code_class=\"2xx\"" 
      total_service_filter = "metric.type=\"run.googleapis.com/request_count\" resource.type=\"cloud_run_revision\"" 
    } 
  }
}

=== SLO with one filter of the ratio
=> error observability/objective: request_based_sli.good_total_ratio has good_service_filter
resource "google_monitoring_custom_service" "s" { service_id = "orders" }
resource "google_monitoring_slo" "o" {
  service = google_monitoring_custom_service.s.service_id
  goal = 0.999
  rolling_period_days = 28
  request_based_sli { 
    good_total_ratio { 
      good_service_filter = "metric.type=\"run.googleapis.com/request_count\" resource.type=\"cloud_run_revision\" metric.labels.response_code_class=\"2xx\"" 
      «¦total_service_filter = "metric.type=\"run.googleapis.com/request_count\" resource.type=\"cloud_run_revision\""»
    } 
  }
}

=== descriptor of a metric outside custom
=> error observability/metric-descriptor: type is "acme.com/orders"
resource "google_monitoring_metric_descriptor" "m" {
  display_name = "orders"
  description = "orders"
  type = "«acme.com¦custom.googleapis.com»/orders"
  metric_kind = "GAUGE"
  value_type = "INT64"
}

=== cumulative metric of booleans
=> error observability/metric-descriptor: metric_kind is "CUMULATIVE" and value_type is "BOOL"
resource "google_monitoring_metric_descriptor" "m" {
  display_name = "orders"
  description = "orders"
  type = "custom.googleapis.com/orders"
  metric_kind = "«CUMULATIVE¦GAUGE»"
  value_type = "BOOL"
}

=== log metric that is cumulative
=> error observability/log-metric-shape: metric_descriptor.metric_kind is "CUMULATIVE"
resource "google_logging_metric" "m" {
  name = "errors"
  filter = "severity>=ERROR"
  metric_descriptor { 
    metric_kind = "«CUMULATIVE¦DELTA»" 
    value_type = "INT64" 
  }
}

=== uptime check with two content matchers
=> warning observability/uptime-request: content_matchers has 2 entries
resource "google_monitoring_uptime_check_config" "u" {
  display_name = "u"
  timeout = "10s"
  http_check { 
    path = "/" 
    port = 443 
    use_ssl = true 
  }
  monitored_resource { 
    type = "uptime_url" 
    labels = { 
      project_id = "acme-prod" 
      host = "example.com" 
    } 
  }
  content_matchers { content = "ok" }
  «content_matchers { content = "ready" }¦»
}

=== uptime check with status value and class
=> error observability/uptime-request: http_check.accepted_response_status_codes.status_value and status_class are set
resource "google_monitoring_uptime_check_config" "u" {
  display_name = "u"
  timeout = "10s"
  http_check { 
    path = "/" 
    port = 443 
    use_ssl = true 
    accepted_response_status_codes { 
      status_value = 201 
      «status_class = "STATUS_CLASS_2XX"¦»
    }
  }
  monitored_resource { 
    type = "uptime_url" 
    labels = { 
      project_id = "acme-prod" 
      host = "example.com" 
    } 
  }
}

=== absence of one minute
=> error observability/alert-timing: conditions.condition_absent.duration is 60 s
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  conditions {
    display_name = "c"
    condition_absent {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
      duration = "«60s¦120s»"
      aggregations { 
        alignment_period = "60s"
        per_series_aligner = "ALIGN_RATE"
      }
    }
  }
}

=== body of a form that is not base64
=> error observability/uptime-request: http_check.body is "a=b&c=d"
resource "google_monitoring_uptime_check_config" "u" {
  display_name = "u"
  timeout = "10s"
  http_check { 
    path = "/" 
    port = 443 
    use_ssl = true 
    request_method = "POST"
    content_type = "URL_ENCODED"
    body = «"a=b&c=d"¦base64encode("a=b&c=d")»
  }
  monitored_resource { 
    type = "uptime_url" 
    labels = { 
      project_id = "acme-prod" 
      host = "example.com" 
    } 
  }
}

=== logs kept for twelve years
=> error data/log-retention: retention_days is 4380
resource "google_logging_project_bucket_config" "b" {
  project = "acme-prod"
  location = "europe-west1"
  bucket_id = "audit"
  retention_days = «4380¦3650»
}

=== extractor of a counter
=> error observability/log-metric-shape: value_extractor is not set with metric_descriptor.value_type "DISTRIBUTION"
resource "google_logging_metric" "m" {
  name = "latency"
  filter = "resource.type=\"cloud_run_revision\""
  «¦value_extractor = "EXTRACT(jsonPayload.ms)"»
  metric_descriptor {
    metric_kind = "DELTA"
    value_type = "DISTRIBUTION"
  }
}

=== buckets of two kinds
=> error observability/log-metric-shape: bucket_options.linear_buckets and explicit_buckets are set
resource "google_logging_metric" "m" {
  name = "latency"
  filter = "resource.type=\"cloud_run_revision\""
  value_extractor = "EXTRACT(jsonPayload.ms)"
  metric_descriptor {
    metric_kind = "DELTA"
    value_type = "DISTRIBUTION"
  }
  bucket_options {
    linear_buckets {
      num_finite_buckets = 3
      width = 1
      offset = 1
    }
    «explicit_buckets { bounds = [1, 2] }¦»
  }
}

=== documentation in HTML
=> error observability/alert-shape: documentation.mime_type is "text/html"
resource "google_monitoring_alert_policy" "a" {
  display_name = "a"
  combiner = "OR"
  documentation {
    content = "Look"
    mime_type = "text/«html¦markdown»"
  }
  conditions {
    display_name = "c"
    condition_threshold {
      filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
      comparison = "COMPARISON_GT"
      threshold_value = 5
      duration = "60s"
      aggregations {
        alignment_period = "60s"
        per_series_aligner = "ALIGN_RATE"
      }
    }
  }
}

=== dashboard of two layouts
=> error observability/dashboard: dashboard_json has gridLayout and mosaicLayout
resource "google_monitoring_dashboard" "d" {
  dashboard_json = jsonencode({
    displayName = "d"
    gridLayout = { widgets = [] }
    «mosaicLayout = { columns = 48, tiles = [] }¦»
  })
}

=== service id with a space
=> error schema/form: service_id is "Orders Service"
resource "google_monitoring_custom_service" "s" {
  service_id = "«Orders Service¦orders-service»"
  display_name = "Orders"
}

=== notification of a web hook without https
=> error observability/channel: labels.url is "hooks.acme.com/alert"
resource "google_monitoring_notification_channel" "c" {
  display_name = "hook"
  type = "webhook_tokenauth"
  labels = { url = "«hooks.acme.com¦https://hooks.acme.com»/alert" }
}

=== channel to a topic by its name
=> error observability/channel: labels.topic is "alerts"
resource "google_monitoring_notification_channel" "c" {
  display_name = "topic"
  type = "pubsub"
  labels = { topic = "«alerts¦projects/acme-prod/topics/alerts»" }
}

=== mail address that is none
=> error observability/channel: labels.email_address is "ops"
resource "google_monitoring_notification_channel" "c" {
  display_name = "mail"
  type = "email"
  labels = { email_address = "ops«¦@acme.com»" }
}

=== telephone number without a country
=> error observability/channel: labels.number is "0170 1234567"
resource "google_monitoring_notification_channel" "c" {
  display_name = "sms"
  type = "sms"
  labels = { number = "«0170 1234567¦+491701234567»" }
}
