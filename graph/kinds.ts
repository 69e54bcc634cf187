/** How resources of a type are named, in Terraform and in the ids that Google gives them. */

/** Attributes that name a resource, where it is not `name`. */
const namedBy: { readonly [type: string]: string } = {
  google_artifact_registry_repository: "repository_id",
  google_bigquery_dataset: "dataset_id",
  google_iam_workload_identity_pool: "workload_identity_pool_id",
  google_iap_web_iam_member: "web_backend_service",
  google_monitoring_custom_service: "service_id",
  google_monitoring_service: "service_id",
  google_monitoring_slo: "slo_id",
  google_project: "project_id",
  google_project_iam_custom_role: "role_id",
  google_project_service: "service",
  google_secret_manager_regional_secret: "secret_id",
  google_secret_manager_secret: "secret_id",
  google_service_account: "account_id",
};

/** Types whose resources Google names itself, so that a literal can never be matched with them. */
const namedByGoogle = new Set([
  "google_monitoring_alert_policy",
  "google_monitoring_notification_channel",
  "google_monitoring_uptime_check_config",
  "google_secret_manager_secret_version",
]);

/** The word before the name in an id: "projects/p/global/networks/NAME". */
const collections: { readonly [type: string]: readonly string[] } = {
  google_cloud_run_service: ["services"],
  google_cloud_run_v2_job: ["jobs"],
  google_cloud_run_v2_service: ["services"],
  google_compute_address: ["addresses"],
  google_compute_backend_bucket: ["backendBuckets"],
  google_compute_backend_service: ["backendServices"],
  google_compute_global_address: ["addresses"],
  google_compute_health_check: ["healthChecks"],
  google_compute_managed_ssl_certificate: ["sslCertificates"],
  google_compute_network: ["networks"],
  google_compute_region_backend_service: ["backendServices"],
  google_compute_region_network_endpoint_group: ["networkEndpointGroups"],
  google_compute_router: ["routers"],
  google_compute_security_policy: ["securityPolicies"],
  google_compute_ssl_certificate: ["sslCertificates"],
  google_compute_ssl_policy: ["sslPolicies"],
  google_compute_subnetwork: ["subnetworks"],
  google_compute_target_http_proxy: ["targetHttpProxies"],
  google_compute_target_https_proxy: ["targetHttpsProxies"],
  google_compute_url_map: ["urlMaps"],
  google_redis_cluster: ["clusters"],
  google_redis_instance: ["instances"],
  google_secret_manager_secret: ["secrets"],
  google_service_account: ["serviceAccounts"],
  google_sql_database_instance: ["instances"],
  google_vpc_access_connector: ["connectors"],
};

/** What a person calls a kind in `--external KIND:NAME`; a Terraform type is accepted as well. */
const kinds: { readonly [kind: string]: readonly string[] } = {
  address: ["google_compute_address", "google_compute_global_address"],
  connector: ["google_vpc_access_connector"],
  job: ["google_cloud_run_v2_job"],
  network: ["google_compute_network"],
  "notification-channel": ["google_monitoring_notification_channel"],
  redis: ["google_redis_instance", "google_redis_cluster"],
  router: ["google_compute_router"],
  secret: ["google_secret_manager_secret"],
  service: ["google_cloud_run_v2_service", "google_cloud_run_service"],
  "service-account": ["google_service_account"],
  "sql-instance": ["google_sql_database_instance"],
  subnetwork: ["google_compute_subnetwork"],
};

/** The attribute that holds the short name of resources of the type; undefined where Google chooses it. */
export function nameAttribute(type: string): string | undefined {
  if (namedByGoogle.has(type)) return undefined;
  return Object.hasOwn(namedBy, type) ? namedBy[type] : "name";
}

/** The collection words of ids of the types; empty where one of them is not listed. */
export function collectionsOf(types: readonly string[]): readonly string[] {
  if (types.some((type) => collections[type] === undefined)) return [];
  return types.flatMap((type) => collections[type] ?? []);
}

/** The types that a declared kind stands for. */
export function typesOfKind(kind: string): readonly string[] {
  return kinds[kind] ?? [kind];
}
