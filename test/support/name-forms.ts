import {
  cloudRunLimits,
  cloudSqlLimits,
  connectorLimits,
  iamLimits,
  loadBalancerLimits,
  monitoringLimits,
  redisLimits,
  secretLimits,
} from "../../resources/limits.ts";

/** What Google takes as the name of a resource. */
interface NameForm {
  /** Attribute with the name. */
  readonly attribute: string;
  readonly pattern: RegExp;
  /** Characters. */
  readonly longest: number;
}

const DASHED = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const name = (longest: number, pattern = DASHED, attribute = "name"): NameForm => ({
  attribute,
  pattern,
  longest,
});
// https://docs.cloud.google.com/compute/docs/naming-resources
const compute = name(loadBalancerLimits.nameLength.value);
// https://docs.cloud.google.com/run/docs/create-jobs and /run/docs/deploying: 49 characters or less
const cloudRun = name(cloudRunLimits.serviceNameLength.value);
// https://docs.cloud.google.com/pubsub/docs/pubsub-basics#resource_names
const pubsub = name(255, /^(?!goog)[A-Za-z][\w.~+%-]{2,}$/);

/** By Terraform type; types without an entry are told by `unnamed`. */
export const nameForms: Readonly<Record<string, NameForm>> = {
  // https://docs.cloud.google.com/artifact-registry/docs/reference/rest/v1/projects.locations.repositories/create
  google_artifact_registry_repository: name(63, DASHED, "repository_id"),
  // https://docs.cloud.google.com/certificate-manager/docs/reference/certificate-manager/rest
  google_certificate_manager_certificate: compute,
  google_certificate_manager_certificate_map: compute,
  google_certificate_manager_certificate_map_entry: compute,
  google_certificate_manager_dns_authorization: compute,
  google_cloud_run_v2_job: cloudRun,
  google_cloud_run_v2_service: cloudRun,
  google_cloud_run_v2_worker_pool: cloudRun,
  // https://docs.cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
  google_cloud_scheduler_job: name(500, /^[\w-]+$/),
  google_compute_address: compute,
  google_compute_backend_bucket: compute,
  google_compute_backend_service: compute,
  google_compute_firewall: compute,
  google_compute_global_address: compute,
  google_compute_global_forwarding_rule: compute,
  google_compute_network: compute,
  google_compute_region_network_endpoint_group: compute,
  google_compute_router: compute,
  google_compute_router_nat: compute,
  google_compute_security_policy: compute,
  google_compute_ssl_policy: compute,
  google_compute_subnetwork: compute,
  google_compute_target_http_proxy: compute,
  google_compute_target_https_proxy: compute,
  google_compute_url_map: compute,
  // https://docs.cloud.google.com/dns/docs/reference/rest/v1/managedZones
  google_dns_managed_zone: name(63),
  // https://docs.cloud.google.com/eventarc/docs/reference/rest/v1/projects.locations.triggers/create
  google_eventarc_trigger: name(63),
  // https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics
  google_logging_metric: name(100, /^[A-Za-z0-9_.,+!*'()%/-]+$/),
  google_monitoring_alert_policy: name(monitoringLimits.displayNameLength.value, /\S/, "display_name"),
  // https://docs.cloud.google.com/memorystore/docs/valkey/reference/rest/v1/projects.locations.instances/create
  google_memorystore_instance: name(63, /^[a-z][a-z0-9-]{2,61}[a-z0-9]$/, "instance_id"),
  // https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/services/create
  google_monitoring_custom_service: name(63, /^[a-z0-9-]+$/, "service_id"),
  google_monitoring_slo: name(63, /^[a-zA-Z0-9_:.-]+$/, "slo_id"),
  google_monitoring_uptime_check_config: name(512, /\S/, "display_name"),
  // https://docs.cloud.google.com/vpc/docs/configure-service-connection-policies
  google_network_connectivity_service_connection_policy: compute,
  // https://docs.cloud.google.com/network-intelligence-center/docs/connectivity-tests/how-to/running-connectivity-tests
  google_network_management_connectivity_test: name(40),
  // https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.roles/create
  google_project_iam_custom_role: name(64, /^[A-Za-z0-9_.]{3,}$/, "role_id"),
  google_pubsub_subscription: pubsub,
  google_pubsub_topic: pubsub,
  google_redis_instance: name(redisLimits.nameLength.value),
  google_secret_manager_secret: name(secretLimits.idLength.value, /^[\w-]+$/, "secret_id"),
  google_service_account: name(iamLimits.accountIdHigh.value, /^[a-z][-a-z0-9]{4,}[a-z0-9]$/, "account_id"),
  // https://docs.cloud.google.com/sql/docs/postgres/create-manage-databases
  google_sql_database: name(63, /^[a-z_][a-z0-9_-]*$/),
  google_sql_database_instance: name(cloudSqlLimits.nameLength.value),
  google_storage_bucket: name(63, /^[a-z0-9][-a-z0-9]+[a-z0-9]$/),
  google_vpc_access_connector: name(connectorLimits.nameLength.value, /^[a-z][-a-z0-9]*[a-z0-9]$/),
};

/** Types that Google names, or that are named by what they belong to. */
export const unnamed: RegExp =
  /_iam_(member|binding)$|^google_(dns_record_set|monitoring_(dashboard|notification_channel)|project_service|project_iam_member|secret_manager_secret_version|service_networking_connection|compute_security_policy_rule)$|^terraform_data$/;
