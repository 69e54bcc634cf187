/** An attribute that takes one of the many texts by which another resource is known, and no other one of it. */
export interface ReferenceAttribute {
  readonly type: string;
  /** Dotted; steps through repeated blocks. */
  readonly path: string;
  /** The type that it refers to. */
  readonly of: string;
  readonly takes: string;
  /** Attributes that hold another text, which the API rejects. */
  readonly notThese: readonly string[];
  readonly source: string;
}

const RUN_SECRETS = "https://docs.cloud.google.com/run/docs/configuring/services/secrets";
const SQL = "https://docs.cloud.google.com/sql/docs/postgres/create-manage-users";
const ACCOUNTS = "https://docs.cloud.google.com/iam/docs/service-account-overview";

const secretOf = (path: string): ReferenceAttribute => ({
  type: "google_cloud_run_service",
  path,
  of: "google_secret_manager_secret",
  takes: "secret_id",
  notThese: ["id", "name"],
  source: RUN_SECRETS,
});

const emailOf = (type: string, path: string): ReferenceAttribute => ({
  type,
  path,
  of: "google_service_account",
  takes: "email",
  notThese: ["name", "id", "account_id", "unique_id"],
  source: ACCOUNTS,
});

/** Where a container of each kind of workload reads one version of a secret. */
const SECRET_VERSIONS = [
  "google_cloud_run_v2_service",
  "google_cloud_run_v2_job",
  "google_cloud_run_v2_worker_pool",
]
  .map((type) => ({ type, template: type.endsWith("_job") ? "template.template" : "template" }))
  .flatMap(({ type, template }) =>
    ["containers.env.value_source.secret_key_ref.version", "volumes.secret.items.version"].map((path) => ({
      type,
      path: `${template}.${path}`,
    })),
  );

/** References that are easily made by the wrong attribute. */
export const referenceAttributes: readonly ReferenceAttribute[] = [
  ...SECRET_VERSIONS.map((place) => ({
    ...place,
    of: "google_secret_manager_secret_version",
    takes: "version",
    notThese: ["id", "name", "secret"],
    source: RUN_SECRETS,
  })),
  ...["google_cloud_run_v2_service", "google_cloud_run_v2_worker_pool"].map((type) => ({
    type,
    path: "template.volumes.cloud_sql_instance.instances",
    of: "google_sql_database_instance",
    takes: "connection_name",
    notThese: ["id", "self_link", "private_ip_address", "public_ip_address", "first_ip_address"],
    source: "https://docs.cloud.google.com/sql/docs/postgres/connect-run",
  })),
  ...[
    ["google_cloud_scheduler_job", "http_target.uri"],
    ["google_pubsub_subscription", "push_config.push_endpoint"],
  ].map(([type = "", path = ""]) => ({
    type,
    path,
    of: "google_cloud_run_v2_service",
    takes: "uri",
    notThese: ["id", "uid"],
    source: "https://docs.cloud.google.com/run/docs/triggering/https-request",
  })),
  ...["member", "binding"].flatMap((kind): ReferenceAttribute[] => [
    {
      type: `google_secret_manager_secret_iam_${kind}`,
      path: "secret_id",
      of: "google_secret_manager_secret_version",
      takes: "secret",
      notThese: ["id", "name", "version"],
      source: "https://docs.cloud.google.com/secret-manager/docs/access-control",
    },
    {
      type: `google_bigquery_dataset_iam_${kind}`,
      path: "dataset_id",
      of: "google_bigquery_dataset",
      takes: "dataset_id",
      notThese: ["id", "self_link"],
      source: "https://docs.cloud.google.com/bigquery/docs/control-access-to-resources-iam",
    },
  ]),
  {
    type: "google_bigquery_table",
    path: "dataset_id",
    of: "google_bigquery_dataset",
    takes: "dataset_id",
    notThese: ["id", "self_link"],
    source: "https://docs.cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableReference",
  },
  secretOf("template.spec.containers.env.value_from.secret_key_ref.name"),
  secretOf("template.spec.volumes.secret.secret_name"),
  {
    type: "google_service_networking_connection",
    path: "reserved_peering_ranges",
    of: "google_compute_global_address",
    takes: "name",
    notThese: ["address", "prefix_length", "id", "self_link"],
    source: "https://docs.cloud.google.com/vpc/docs/configure-private-services-access",
  },
  ...["google_sql_user", "google_sql_database"].map((type) => ({
    type,
    path: "instance",
    of: "google_sql_database_instance",
    takes: "name",
    notThese: ["connection_name", "private_ip_address", "public_ip_address"],
    source: SQL,
  })),
  ...[
    ["google_sql_database_instance", "settings.ip_configuration.allocated_ip_range"],
    ["google_redis_instance", "reserved_ip_range"],
    ["google_filestore_instance", "networks.reserved_ip_range"],
    ["google_alloydb_cluster", "network_config.allocated_ip_range"],
    ["google_memcache_instance", "reserved_ip_range_id"],
  ].map(([type = "", path = ""]) => ({
    type,
    path,
    of: "google_compute_global_address",
    takes: "name",
    notThese: ["address"],
    source: "https://docs.cloud.google.com/vpc/docs/configure-private-services-access",
  })),
  emailOf("google_cloud_run_v2_service", "template.service_account"),
  emailOf("google_cloud_run_v2_job", "template.template.service_account"),
  emailOf("google_cloud_run_v2_worker_pool", "template.service_account"),
  emailOf("google_cloud_run_service", "template.spec.service_account_name"),
  emailOf("google_cloudfunctions2_function", "service_config.service_account_email"),
  emailOf("google_compute_instance", "service_account.email"),
  emailOf("google_compute_instance_template", "service_account.email"),
  emailOf("google_container_node_pool", "node_config.service_account"),
  emailOf("google_cloud_scheduler_job", "http_target.oidc_token.service_account_email"),
  emailOf("google_cloud_scheduler_job", "http_target.oauth_token.service_account_email"),
  emailOf("google_pubsub_subscription", "push_config.oidc_token.service_account_email"),
  ...["member", "binding"].map((kind) => ({
    type: `google_storage_bucket_iam_${kind}`,
    path: "bucket",
    of: "google_storage_bucket",
    takes: "name",
    notThese: ["url", "self_link"],
    source: "https://docs.cloud.google.com/storage/docs/access-control/using-iam-permissions",
  })),
  ...["member", "binding"].map((kind) => ({
    type: `google_cloud_run_v2_service_iam_${kind}`,
    path: "name",
    of: "google_cloud_run_v2_service",
    takes: "name",
    notThese: ["uri", "uid"],
    source: "https://docs.cloud.google.com/run/docs/authenticating/service-to-service",
  })),
  {
    type: "google_compute_region_network_endpoint_group",
    path: "cloud_run.service",
    of: "google_cloud_run_v2_service",
    takes: "name",
    notThese: ["id", "uid", "uri"],
    source: "https://docs.cloud.google.com/load-balancing/docs/negs/serverless-neg-concepts",
  },
  {
    type: "google_eventarc_trigger",
    path: "destination.cloud_run_service.service",
    of: "google_cloud_run_v2_service",
    takes: "name",
    notThese: ["id", "uri", "uid"],
    source: "https://docs.cloud.google.com/eventarc/docs/run/create-trigger-storage-gcloud",
  },
];
