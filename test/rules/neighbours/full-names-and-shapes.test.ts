import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const saidOf = (rule: string, type: string, values: object) =>
  check(ruleById(rule), { [type]: { one: values } }).map(({ message }) => message);

const TOPIC = "projects/acme-dev/topics/dead";
const deadLetters = (dead_letter_topic: string) => ({
  name: "orders",
  topic: "orders",
  dead_letter_policy: { dead_letter_topic },
});
const tick = (topic_name: string) => ({ name: "tick", pubsub_target: { topic_name, data: "e30=" } });
const valkey = (network: string) => ({
  instance_id: "cache",
  desired_auto_created_endpoints: [{ network, project_id: "acme-dev" }],
});
const NETWORK = "projects/acme-dev/global/networks/main";
const WORKFLOW = "projects/acme-dev/locations/europe-west1/workflows/flow";
const CLUSTER = "projects/acme-dev/locations/europe-west1/clusters/main";

/** The kind: a short name where the API takes a full one. */
describe("fields that take full names", () => {
  test.each<[type: string, values: (name: string) => object, right: string, wrong: string]>([
    ["google_pubsub_subscription", deadLetters, TOPIC, "dead"],
    ["google_cloud_scheduler_job", tick, TOPIC, "dead"],
    ["google_memorystore_instance", valkey, NETWORK, "main"],
    ["google_memorystore_instance", valkey, `https://www.googleapis.com/compute/v1/${NETWORK}`, "main"],
    ["google_redis_cluster", (network) => ({ psc_configs: [{ network }] }), NETWORK, "global/networks/main"],
    ["google_alloydb_instance", (cluster) => ({ instance_id: "one", cluster }), CLUSTER, "main"],
    ["google_alloydb_user", (cluster) => ({ user_id: "one", cluster }), CLUSTER, "main"],
    ["google_eventarc_trigger", (workflow) => ({ destination: { workflow } }), WORKFLOW, "flow"],
    [
      "google_service_account_iam_member",
      (service_account_id) => ({
        service_account_id,
        role: "roles/iam.serviceAccountUser",
        member: "user:a@b.c",
      }),
      "projects/acme-dev/serviceAccounts/api@acme-dev.iam.gserviceaccount.com",
      "api@acme-dev.iam.gserviceaccount.com",
    ],
    [
      "google_billing_budget",
      (name) => ({ budget_filter: { projects: [name] } }),
      "projects/12345",
      "acme-dev",
    ],
  ])("%s", (type, values, right, wrong) => {
    expect(saidOf("reachability/full-name", type, values(right))).toEqual([]);
    expect(saidOf("reachability/full-name", type, values(wrong))[0]).toMatch(
      /rejected by the API: it must be projects\//,
    );
  });
});

const volume = (path: string) => ({
  template: { volumes: [{ name: "v", secret: { secret: "s", items: [{ version: "1", path }] } }] },
});
const gpu = (accelerator: string) => ({ template: { node_selector: { accelerator } } });
const daily = (start_time: string) =>
  gke({ maintenance_policy: { daily_maintenance_window: { start_time } } });
const secret = (locations: string[]) => ({
  secret_id: "s",
  replication: { user_managed: { replicas: locations.map((location) => ({ location })) } },
});
const lifecycle = (type: string, age: number) => ({
  name: "acme-dev-logs",
  location: "EU",
  lifecycle_rule: [{ action: { type }, condition: { age } }],
});
const zone = (values: object) => ({ name: "z", dns_name: "a.example.", visibility: "private", ...values });
const table = (values: object, columns: unknown = [{ name: "id", type: "STRING" }]) => ({
  dataset_id: "d",
  table_id: "t",
  schema: JSON.stringify(columns),
  ...values,
});
const nodes = (node_config: object) => ({ name: "main", cluster: "main", node_config });
const gke = (values: object) => ({
  name: "main",
  location: "europe-west1",
  initial_node_count: 1,
  ...values,
});
const gae = (values: object) => ({ service: "default", version_id: "v1", runtime: "nodejs22", ...values });
const criteria = (...attributes: string[]) => ({
  name: "t",
  location: "europe-west1",
  matching_criteria: attributes.map((attribute) => ({
    attribute,
    value: attribute === "type" ? "google.cloud.audit.log.v1.written" : "x",
  })),
});
const gen2 = (event_trigger: object, service_config: object = {}) => ({
  name: "f",
  location: "europe-west1",
  build_config: { runtime: "nodejs22" },
  service_config,
  event_trigger,
});
const stored = (...attributes: string[]) =>
  gen2({
    event_type: "google.cloud.storage.object.v1.finalized",
    event_filters: attributes.map((attribute) => ({ attribute, value: "x" })),
  });
const internal = (backend: object, values: object = {}) => ({
  name: "b",
  load_balancing_scheme: "INTERNAL",
  protocol: "TCP",
  backend: [{ group: "g", balancing_mode: "CONNECTION", ...backend }],
  ...values,
});
const managed = { load_balancing_scheme: "INTERNAL_MANAGED", protocol: "HTTP" };
const rule = (values: object) => ({ name: "r", region: "europe-west1", ...values });
const update = (update_policy: object, values: object = {}) => ({ name: "g", update_policy, ...values });
const alloyBackup = (start: object) => ({
  cluster_id: "main",
  network_config: { network: NETWORK },
  automated_backup_policy: { weekly_schedule: { start_times: [start] } },
});
const share = (nfs_export_options: object) => ({
  tier: "ZONAL",
  file_shares: { capacity_gb: 1024, name: "a", nfs_export_options: [nfs_export_options] },
});
const role = (...permissions: string[]) => ({ role_id: "deployer", title: "d", permissions });
const bucket = (storage_class: string) => ({
  name: "acme-dev-logs",
  location: "EU",
  lifecycle_rule: [{ action: { type: "SetStorageClass", storage_class }, condition: { age: 1 } }],
});

/** The kind: sizes, words and combinations that the provider lets pass and the API does not. */
describe("what only the API knows of neighbouring services", () => {
  test.each<[rule: string, type: string, right: object, wrong: object, message: string]>([
    ["capacity/gke-shape", "google_container_cluster", gke({}), gke({ name: "Main_1" }), "lowercase letters"],
    ["capacity/gke-shape", "google_container_cluster", daily("03:00"), daily("3am"), "HH:MM"],
    [
      "capacity/gke-shape",
      "google_container_cluster",
      gke({ enable_autopilot: true, initial_node_count: undefined }),
      gke({ enable_autopilot: true, location: "europe-west1-b" }),
      "are regional",
    ],
    [
      "identity/federation-shape",
      "google_iam_workload_identity_pool_provider",
      { attribute_mapping: { "google.subject": "assertion.sub" } },
      { attribute_mapping: { "attribute.a": "assertion.a" } },
      "every identity has google.subject",
    ],
    [
      "reachability/full-name",
      "google_cloudbuild_trigger",
      { service_account: "projects/p/serviceAccounts/a@b.c" },
      { service_account: "a@b.c" },
      "projects/PROJECT/serviceAccounts/NAME",
    ],
    [
      "service/api-enabled",
      "google_project_service",
      { service: "sts.googleapis.com" },
      { service: "sts.google.com" },
      "host name of an API",
    ],
    [
      "identity/secret-shape",
      "google_secret_manager_secret",
      secret(["europe-west1", "europe-west4"]),
      secret(["europe-west1", "europe-west1"]),
      "location",
    ],
    [
      "identity/secret-shape",
      "google_secret_manager_secret",
      { secret_id: "s", replication: { auto: {} }, ttl: "86400s" },
      { secret_id: "s", replication: { auto: {} }, ttl: "86400s", expire_time: "2027-01-01T00:00:00Z" },
      "at a time or after one",
    ],
    [
      "data/storage-class",
      "google_storage_bucket",
      lifecycle("Delete", 0),
      lifecycle("DELETE", 0),
      "AbortIncompleteMultipartUpload",
    ],
    [
      "data/storage-class",
      "google_storage_bucket",
      lifecycle("Delete", 1),
      lifecycle("Delete", -1),
      "at least 0 days",
    ],
    [
      "service/notification-event",
      "google_storage_notification",
      { payload_format: "NONE" },
      { payload_format: "JSON" },
      "JSON_API_V1",
    ],
    [
      "reachability/dns-form",
      "google_dns_managed_zone",
      zone({ forwarding_config: {} }),
      zone({ forwarding_config: {}, peering_config: {} }),
      "forwards or follows",
    ],
    [
      "reachability/dns-form",
      "google_dns_managed_zone",
      zone({ private_visibility_config: {} }),
      zone({ visibility: "public", private_visibility_config: {} }),
      "answers everybody",
    ],
    [
      "reachability/hybrid-shape",
      "google_compute_route",
      { name: "r", priority: 65_535 },
      { name: "r", priority: 65_536 },
      "0 to 65535",
    ],
    [
      "service/name",
      "google_cloud_run_service",
      { name: "a", autogenerate_revision_name: true },
      { name: "a", autogenerate_revision_name: true, template: { metadata: { name: "a-v1" } } },
      "by Cloud Run or by its template",
    ],
    ...["google_cloud_run_v2_service", "google_cloud_run_v2_worker_pool"].flatMap(
      (type): [string, string, object, object, string][] => [
        ["service/template-words", type, volume("a/b.yaml"), volume("/b.yaml"), "a relative path"],
        ["service/template-words", type, volume("..b"), volume("a/../b"), "a relative path"],
        [
          "service/template-words",
          type,
          gpu("nvidia-l4"),
          gpu("nvidia-tesla-t4"),
          "accelerator of Cloud Run",
        ],
      ],
    ),
    [
      "data/bigquery-shape",
      "google_bigquery_table",
      table({ clustering: ["ID"] }),
      table({ clustering: ["no"] }),
      "no such column",
    ],
    [
      "data/bigquery-shape",
      "google_bigquery_table",
      table({ time_partitioning: { field: "_PARTITIONTIME" } }),
      table({ time_partitioning: { field: "ts" } }),
      "no such column",
    ],
    [
      "data/bigquery-shape",
      "google_bigquery_table",
      table({}, [{ name: "a", type: "numeric(10,2)" }]),
      table({}, [{ name: "a", type: "TEXT" }]),
      "no such type",
    ],
    [
      "data/bigquery-shape",
      "google_bigquery_table",
      table({}, [{ name: "a", type: "INT64", mode: "repeated" }]),
      table({}, [{ name: "a", type: "INT64", mode: "MANDATORY" }]),
      "mode",
    ],
    [
      "data/bigquery-shape",
      "google_bigquery_table",
      table({}, [{ name: "a", type: "RECORD", fields: [] }]),
      table({}, [{ name: "a", type: "RECORD", fields: [{ type: "INT64" }] }]),
      "schema.a has no name",
    ],
    [
      "data/bigquery-shape",
      "google_bigquery_table",
      table({}),
      { ...table({}), schema: "id:STRING" },
      "no list of columns",
    ],
    [
      "data/bigquery-shape",
      "google_bigquery_dataset",
      { dataset_id: "raw_1", location: "EU" },
      { dataset_id: "raw-1" },
      "letters, digits and underscores",
    ],
    [
      "data/bigquery-shape",
      "google_bigquery_dataset",
      { dataset_id: "a", location: "europe-west1" },
      { dataset_id: "a", location: "USA" },
      "US, EU or a region",
    ],
    [
      "data/bigquery-shape",
      "google_bigquery_connection",
      { cloud_sql: { instance_id: "p:r:i" } },
      { cloud_sql: { instance_id: "i" } },
      "PROJECT:REGION:INSTANCE",
    ],
    [
      "capacity/gke-shape",
      "google_container_cluster",
      gke({ initial_node_count: undefined, enable_autopilot: true }),
      gke({ initial_node_count: 0 }),
      "one node at least",
    ],
    [
      "capacity/gke-shape",
      "google_container_cluster",
      gke({ initial_node_count: undefined, node_pool: [{ name: "a" }] }),
      { name: "main", location: "europe-west1" },
      "one node at least",
    ],
    [
      "capacity/gke-shape",
      "google_container_cluster",
      gke({ networking_mode: "VPC_NATIVE", ip_allocation_policy: { stack_type: "IPV4" } }),
      gke({ networking_mode: "ROUTES", ip_allocation_policy: { stack_type: "IPV4" } }),
      "no secondary ranges",
    ],
    [
      "capacity/gke-shape",
      "google_container_cluster",
      gke({
        ip_allocation_policy: { cluster_secondary_range_name: "p", services_secondary_range_name: "s" },
      }),
      gke({
        ip_allocation_policy: { cluster_secondary_range_name: "p", services_secondary_range_name: "p" },
      }),
      "a range of their own",
    ],
    [
      "capacity/gke-shape",
      "google_container_node_pool",
      nodes({ disk_type: "pd-ssd" }),
      nodes({ disk_type: "ssd" }),
      "Persistent Disk or Hyperdisk",
    ],
    [
      "capacity/gke-shape",
      "google_container_node_pool",
      nodes({ machine_type: "c4-standard-4", disk_type: "hyperdisk-balanced" }),
      nodes({ machine_type: "c4-standard-4", disk_type: "pd-balanced" }),
      "Hyperdisk only",
    ],
    [
      "capacity/gke-shape",
      "google_container_node_pool",
      nodes({ machine_type: "n1-standard-4", guest_accelerator: [{ type: "nvidia-tesla-t4", count: 1 }] }),
      nodes({ machine_type: "e2-standard-4", guest_accelerator: [{ type: "nvidia-tesla-t4", count: 1 }] }),
      "take no accelerator",
    ],
    [
      "service/app-engine",
      "google_app_engine_standard_app_version",
      gae({ instance_class: "B2", basic_scaling: { max_instances: 1 } }),
      gae({ instance_class: "B2", automatic_scaling: { max_idle_instances: 1 } }),
      "begins with F",
    ],
    [
      "service/app-engine",
      "google_app_engine_standard_app_version",
      gae({ instance_class: "F2" }),
      gae({ instance_class: "F2", manual_scaling: { instances: 1 } }),
      "begins with B",
    ],
    [
      "service/app-engine",
      "google_app_engine_standard_app_version",
      gae({ runtime: "python312" }),
      gae({ runtime: "python3.12" }),
      "without dot",
    ],
    [
      "service/app-engine",
      "google_app_engine_standard_app_version",
      gae({ deployment: { zip: { source_url: "https://storage.googleapis.com/b/a.zip" } } }),
      gae({ deployment: { zip: { source_url: "gs://b/a.zip" } } }),
      "storage.googleapis.com",
    ],
    [
      "service/event-filter",
      "google_eventarc_trigger",
      criteria("type", "serviceName", "methodName"),
      criteria("type", "serviceName"),
      'no attribute "methodName"',
    ],
    [
      "service/event-filter",
      "google_eventarc_trigger",
      criteria("type", "serviceName", "methodName"),
      criteria("serviceName"),
      'no attribute "type"',
    ],
    [
      "service/event-filter",
      "google_eventarc_trigger",
      { destination: { workflow: WORKFLOW } },
      { destination: { workflow: WORKFLOW, cloud_run_service: { service: "a" } } },
      "one destination",
    ],
    [
      "service/function-shape",
      "google_cloudfunctions2_function",
      stored("bucket"),
      stored("bucketName"),
      'no attribute "bucket"',
    ],
    [
      "service/function-shape",
      "google_cloudfunctions2_function",
      gen2({ event_type: "google.cloud.pubsub.topic.v1.messagePublished" }),
      gen2({ event_type: "google.storage.object.finalize" }),
      "first generation",
    ],
    [
      "service/function-shape",
      "google_cloudfunctions2_function",
      gen2({}, { available_memory: "512Mi" }),
      gen2({}, { available_memory: "512MB" }),
      "k, M, G, Mi or Gi",
    ],
    [
      "service/function-shape",
      "google_cloudfunctions2_function",
      gen2({}, { environment_variables: { PORTS: "1" } }),
      gen2({}, { environment_variables: { PORT: "1" } }),
      "sets it itself",
    ],
    [
      "edge/backend-service",
      "google_compute_region_backend_service",
      internal({}),
      internal({ max_connections: 100 }),
      "does not limit",
    ],
    [
      "edge/backend-service",
      "google_compute_region_backend_service",
      internal({ balancing_mode: "UTILIZATION", max_utilization: 0.8 }, managed),
      internal({}, managed),
      "counts requests",
    ],
    [
      "edge/backend-service",
      "google_compute_backend_service",
      { name: "b", enable_cdn: true, backend: [{ group: "g" }], load_balancing_scheme: "EXTERNAL_MANAGED" },
      { name: "b", enable_cdn: true, backend: [{ group: "g" }], load_balancing_scheme: "INTERNAL_MANAGED" },
      "global external",
    ],
    [
      "edge/forwarding-port",
      "google_compute_forwarding_rule",
      rule({ target: "p", port_range: "80" }),
      rule({ target: "p", ports: ["80"] }),
      "with backend_service",
    ],
    [
      "edge/forwarding-port",
      "google_compute_forwarding_rule",
      rule({ load_balancing_scheme: "INTERNAL", backend_service: "b", ports: ["80"] }),
      rule({ load_balancing_scheme: "INTERNAL", backend_service: "b", port_range: "80" }),
      "single ports",
    ],
    [
      "edge/forwarding-port",
      "google_compute_forwarding_rule",
      rule({ backend_service: "b", all_ports: true }),
      rule({ backend_service: "b", all_ports: true, ports: ["80"] }),
      "more than some",
    ],
    [
      "edge/address",
      "google_compute_address",
      { name: "a", subnetwork: "s", address_type: "INTERNAL" },
      { name: "a", subnetwork: "s" },
      "no subnetwork",
    ],
    [
      "edge/address",
      "google_compute_address",
      { name: "a", subnetwork: "s", ip_version: "IPV6", address_type: "EXTERNAL" },
      { name: "a", purpose: "SHARED_LOADBALANCER_VIP", address_type: "EXTERNAL" },
      "no purpose",
    ],
    [
      "edge/address",
      "google_compute_global_forwarding_rule",
      { name: "apis", target: "all-apis" },
      { name: "apis", target: "all_apis" },
      "all-apis or vpc-sc",
    ],
    [
      "capacity/group-update",
      "google_compute_region_instance_group_manager",
      update({ max_surge_fixed: 3, max_unavailable_fixed: 0 }),
      update({ max_surge_fixed: 2, max_unavailable_fixed: 0 }),
      "number of zones",
    ],
    [
      "capacity/group-update",
      "google_compute_region_instance_group_manager",
      update({ max_surge_fixed: 2 }, { distribution_policy_zones: ["europe-west1-b", "europe-west1-c"] }),
      update({ max_surge_fixed: 1 }, { distribution_policy_zones: ["europe-west1-b", "europe-west1-c"] }),
      "with 2 zones",
    ],
    [
      "capacity/group-update",
      "google_compute_instance_group_manager",
      update({ max_surge_fixed: 0, max_unavailable_fixed: 1 }),
      update({ max_surge_fixed: 0, max_unavailable_percent: 0 }),
      "more machines or fewer",
    ],
    [
      "data/alloydb-shape",
      "google_alloydb_cluster",
      alloyBackup({ hours: 2, minutes: 0 }),
      alloyBackup({ hours: 2, minutes: 30 }),
      "full hours",
    ],
    [
      "data/alloydb-shape",
      "google_alloydb_instance",
      { instance_id: "a", database_flags: { "alloydb.iam_authentication": "on" } },
      { instance_id: "a", database_flags: { "cloudsql.iam_authentication": "on" } },
      "flags of its own",
    ],
    [
      "data/alloydb-shape",
      "google_alloydb_user",
      { user_id: "a@p.iam", user_type: "ALLOYDB_IAM_USER" },
      { user_id: "a@p.iam.gserviceaccount.com", user_type: "ALLOYDB_IAM_USER" },
      "without .gserviceaccount.com",
    ],
    [
      "data/filestore-shape",
      "google_filestore_instance",
      share({ squash_mode: "ROOT_SQUASH", anon_uid: 1 }),
      share({ squash_mode: "NO_ROOT_SQUASH", anon_uid: 1 }),
      "ROOT_SQUASH",
    ],
    [
      "data/memorystore-shape",
      "google_memorystore_instance",
      { authorization_mode: "IAM_AUTH" },
      { authorization_mode: "AUTH_MODE_IAM_AUTH" },
      "without the prefix",
    ],
    [
      "edge/neg-service",
      "google_compute_region_network_endpoint_group",
      { cloud_run: { url_mask: "<service>.example.com" } },
      { cloud_run: { url_mask: "service.example.com" } },
      "holds <service>",
    ],
    [
      "edge/neg-service",
      "google_compute_region_network_endpoint_group",
      { cloud_run: { service: "api" } },
      { cloud_run: { service: "api", url_mask: "<service>.a.com" } },
      "which",
    ],
    [
      "identity/custom-role",
      "google_project_iam_custom_role",
      role("run.services.get", "pubsub.topics.publish"),
      role("run.service.get"),
      "run has services",
    ],
    [
      "identity/custom-role",
      "google_project_iam_custom_role",
      role("resourcemanager.projects.get"),
      role("resourcemanager.organizations.get"),
      "role of a project",
    ],
    [
      "identity/custom-role",
      "google_project_iam_custom_role",
      role("storage.objects.get"),
      role("storage.*"),
      "without stars",
    ],
    [
      "identity/audit-config",
      "google_project_iam_audit_config",
      { service: "run.googleapis.com", audit_log_config: [{ log_type: "DATA_READ" }] },
      { service: "allServices", audit_log_config: [{ log_type: "DATA_READS" }] },
      "DATA_READ, DATA_WRITE",
    ],
    [
      "identity/audit-config",
      "google_project_iam_audit_config",
      { service: "allServices" },
      { service: "all" },
      "name of an API",
    ],
    ["data/storage-class", "google_storage_bucket", bucket("COLDLINE"), bucket("COLD"), "COLDLINE"],
    [
      "service/dataflow-path",
      "google_dataflow_job",
      { temp_gcs_location: "gs://b/tmp" },
      { temp_gcs_location: "b/tmp" },
      "Cloud Storage",
    ],
    [
      "observability/sink-destination",
      "google_logging_project_sink",
      { destination: "bigquery.googleapis.com/projects/p/datasets/d" },
      { destination: "bigquery.googleapis.com/d" },
      "datasets/DATASET",
    ],
    [
      "observability/sink-destination",
      "google_logging_organization_sink",
      { destination: "logging.googleapis.com/projects/p/locations/global/buckets/b" },
      { destination: "gs://b" },
      "storage.googleapis.com/BUCKET",
    ],
    [
      "observability/budget-shape",
      "google_billing_budget",
      { billing_account: "billingAccounts/012345-6789AB-CDEF01" },
      { billing_account: "123456" },
      "billing account",
    ],
    [
      "observability/budget-shape",
      "google_billing_budget",
      { amount: { specified_amount: { units: "50" } } },
      { amount: { specified_amount: { units: "50.5" } } },
      "without decimals",
    ],
    [
      "observability/budget-shape",
      "google_billing_budget",
      { threshold_rules: [{ threshold_percent: 1.2 }] },
      { threshold_rules: [{ threshold_percent: 50 }] },
      "1.0 is 100%",
    ],
    [
      "time/pubsub",
      "google_pubsub_subscription",
      { bigquery_config: { table: "p.d.t", drop_unknown_fields: true, use_table_schema: true } },
      { bigquery_config: { table: "p.d.t", drop_unknown_fields: true } },
      "no field is known",
    ],
    [
      "time/pubsub",
      "google_pubsub_topic",
      { name: "orders", message_storage_policy: { allowed_persistence_regions: ["europe-west1"] } },
      { name: "orders", message_storage_policy: { allowed_persistence_regions: ["eu"] } },
      "no multi-region",
    ],
    [
      "service/schedule-request",
      "google_cloud_scheduler_job",
      { name: "t", pubsub_target: { topic_name: TOPIC, attributes: { a: "b" } } },
      { name: "t", pubsub_target: { topic_name: TOPIC } },
      "data or attributes",
    ],
    [
      "reachability/hybrid-shape",
      "google_compute_router_peer",
      { name: "p", bfd: { min_receive_interval: 1000, multiplier: 5 } },
      { name: "p", bfd: { min_receive_interval: 100, multiplier: 5 } },
      "1000 to 30000",
    ],
    [
      "observability/log-metric-shape",
      "google_logging_metric",
      { name: "m", metric_descriptor: { metric_kind: "DELTA", value_type: "INT64" } },
      {
        name: "m",
        metric_descriptor: { metric_kind: "DELTA", value_type: "INT64", labels: [{ key: "service" }] },
      },
      "has this label",
    ],
  ])("%s: %s", (rule, type, right, wrong, message) => {
    expect(saidOf(rule, type, right)).toEqual([]);
    expect(saidOf(rule, type, wrong).join("\n")).toContain(message);
  });
});
