/** Which attribute of which resource names which other: attributes that hold a name, an id or a self link. */
export interface Link {
  readonly from: readonly string[];
  readonly path: string;
  readonly to: readonly string[];
}

const NETWORK = ["google_compute_network"];
const SUBNETWORK = ["google_compute_subnetwork"];
const ADDRESS = ["google_compute_address"];
const INSTANCE = ["google_sql_database_instance"];
const SECRET = ["google_secret_manager_secret"];
const ACCOUNT = ["google_service_account"];
const TOPIC = ["google_pubsub_topic"];
const SERVICE = ["google_cloud_run_v2_service", "google_cloud_run_service"];

function iam(...prefixes: string[]): string[] {
  return prefixes.flatMap((prefix) => ["member", "binding", "policy"].map((kind) => `${prefix}_iam_${kind}`));
}

/** Links that are not judged by a rule of their own. A step through a list takes every element. */
export const links: readonly Link[] = [
  {
    from: [
      "google_compute_subnetwork",
      "google_compute_router",
      "google_compute_firewall",
      "google_compute_route",
      "google_compute_global_address",
      "google_compute_address",
      "google_compute_network_peering",
      "google_service_networking_connection",
      "google_vpc_access_connector",
      "google_container_cluster",
    ],
    path: "network",
    to: NETWORK,
  },
  {
    from: ["google_compute_instance", "google_compute_instance_template"],
    path: "network_interface.network",
    to: NETWORK,
  },
  { from: ["google_redis_instance", "google_memcache_instance"], path: "authorized_network", to: NETWORK },
  { from: ["google_redis_cluster"], path: "psc_configs.network", to: NETWORK },
  { from: INSTANCE, path: "settings.ip_configuration.private_network", to: NETWORK },
  { from: ["google_dns_managed_zone"], path: "private_visibility_config.networks.network_url", to: NETWORK },
  { from: ["google_dns_policy"], path: "networks.network_url", to: NETWORK },
  { from: ["google_vpc_access_connector"], path: "subnet.name", to: SUBNETWORK },
  { from: ["google_compute_router_nat"], path: "subnetwork.name", to: SUBNETWORK },
  { from: ["google_compute_address", "google_container_cluster"], path: "subnetwork", to: SUBNETWORK },
  {
    from: ["google_compute_instance", "google_compute_instance_template"],
    path: "network_interface.subnetwork",
    to: SUBNETWORK,
  },
  {
    from: [
      "google_compute_router_nat",
      "google_compute_vpn_tunnel",
      "google_compute_router_interface",
      "google_compute_router_peer",
    ],
    path: "router",
    to: ["google_compute_router"],
  },
  { from: ["google_compute_router_nat"], path: "nat_ips", to: ADDRESS },
  { from: ["google_sql_database", "google_sql_user", "google_sql_ssl_cert"], path: "instance", to: INSTANCE },
  { from: INSTANCE, path: "master_instance_name", to: INSTANCE },
  { from: ["google_secret_manager_secret_version"], path: "secret", to: SECRET },
  { from: iam("google_secret_manager_secret"), path: "secret_id", to: SECRET },
  {
    from: [...iam("google_service_account"), "google_service_account_key"],
    path: "service_account_id",
    to: ACCOUNT,
  },
  { from: ["google_dns_record_set"], path: "managed_zone", to: ["google_dns_managed_zone"] },
  { from: iam("google_cloud_run_v2_service"), path: "name", to: SERVICE },
  { from: iam("google_cloud_run_service"), path: "service", to: SERVICE },
  { from: iam("google_cloud_run_v2_job"), path: "name", to: ["google_cloud_run_v2_job"] },
  { from: ["google_pubsub_subscription", ...iam("google_pubsub_topic")], path: "topic", to: TOPIC },
  { from: ["google_pubsub_subscription"], path: "dead_letter_policy.dead_letter_topic", to: TOPIC },
  { from: ["google_pubsub_subscription"], path: "push_config.oidc_token.service_account_email", to: ACCOUNT },
  { from: iam("google_pubsub_subscription"), path: "subscription", to: ["google_pubsub_subscription"] },
  { from: ["google_cloud_scheduler_job"], path: "pubsub_target.topic_name", to: TOPIC },
  { from: ["google_cloud_scheduler_job"], path: "http_target.oidc_token.service_account_email", to: ACCOUNT },
  {
    from: ["google_cloud_scheduler_job"],
    path: "http_target.oauth_token.service_account_email",
    to: ACCOUNT,
  },
  { from: ["google_eventarc_trigger"], path: "service_account", to: ACCOUNT },
  { from: ["google_eventarc_trigger"], path: "destination.cloud_run_service.service", to: SERVICE },
  { from: iam("google_storage_bucket"), path: "bucket", to: ["google_storage_bucket"] },
  { from: ["google_storage_bucket_object"], path: "bucket", to: ["google_storage_bucket"] },
  {
    from: iam("google_artifact_registry_repository"),
    path: "repository",
    to: ["google_artifact_registry_repository"],
  },
];
