const RETRIES = ["retry_config.max_retry_duration"];
const SECRET = ["ttl", "version_destroy_ttl", "rotation.rotation_period"];
const BLUE_GREEN = "upgrade_settings.blue_green_settings";
const CONDITION = "conditions.condition_";

/**
 * By type, the texts that the API reads as durations of protobuf ("300s") and whose form the provider does not check.
 * https://protobuf.dev/reference/protobuf/google.protobuf/#duration
 */
export const durationFields: Readonly<Record<string, readonly string[]>> = {
  google_alloydb_cluster: [
    "automated_backup_policy.backup_window",
    "automated_backup_policy.time_based_retention.retention_period",
  ],
  google_certificate_manager_certificate_issuance_config: ["lifetime"],
  google_cloud_scheduler_job: [
    "attempt_deadline",
    ...RETRIES,
    "retry_config.min_backoff_duration",
    "retry_config.max_backoff_duration",
  ],
  google_cloud_tasks_queue: [...RETRIES, "retry_config.min_backoff", "retry_config.max_backoff"],
  google_cloudbuild_trigger: ["build.timeout", "build.queue_ttl", "build.step.timeout"],
  google_container_node_pool: [
    `${BLUE_GREEN}.node_pool_soak_duration`,
    `${BLUE_GREEN}.standard_rollout_policy.batch_soak_duration`,
  ],
  google_dataproc_autoscaling_policy: [
    "basic_algorithm.cooldown_period",
    "basic_algorithm.yarn_config.graceful_decommission_timeout",
  ],
  google_dataproc_cluster: [
    "graceful_decommission_timeout",
    "cluster_config.lifecycle_config.idle_delete_ttl",
  ],
  google_kms_crypto_key: ["rotation_period", "destroy_scheduled_duration"],
  google_monitoring_alert_policy: [
    "alert_strategy.auto_close",
    "alert_strategy.notification_rate_limit.period",
    "alert_strategy.notification_channel_strategy.renotify_interval",
    ...["threshold", "absent", "monitoring_query_language", "prometheus_query_language"].map(
      (kind) => `${CONDITION}${kind}.duration`,
    ),
    `${CONDITION}prometheus_query_language.evaluation_interval`,
    `${CONDITION}threshold.forecast_options.forecast_horizon`,
    `${CONDITION}threshold.denominator_aggregations.alignment_period`,
    ...["threshold", "absent"].map((kind) => `${CONDITION}${kind}.aggregations.alignment_period`),
  ],
  google_monitoring_slo: ["windows_based_sli.window_period"],
  google_monitoring_uptime_check_config: ["timeout", "period"],
  google_network_services_grpc_route: ["rules.action.timeout"],
  google_network_services_http_route: ["rules.action.timeout", "rules.action.retry_policy.per_try_timeout"],
  google_network_services_lb_route_extension: ["extension_chains.extensions.timeout"],
  google_network_services_lb_traffic_extension: ["extension_chains.extensions.timeout"],
  google_privateca_ca_pool: ["issuance_policy.maximum_lifetime"],
  google_privateca_certificate: ["lifetime"],
  google_privateca_certificate_authority: ["lifetime"],
  google_pubsub_subscription: [
    "message_retention_duration",
    "expiration_policy.ttl",
    "retry_policy.minimum_backoff",
    "retry_policy.maximum_backoff",
    "cloud_storage_config.max_duration",
  ],
  google_pubsub_topic: ["message_retention_duration"],
  google_secret_manager_regional_secret: SECRET,
  google_secret_manager_secret: SECRET,
  google_spanner_backup_schedule: ["retention_duration"],
  google_storage_transfer_job: ["schedule.repeat_interval"],
  google_workstations_workstation_config: ["idle_timeout", "running_timeout"],
};
