import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check, type Resources } from "../support.ts";

const one = (type: string, values: object): Resources => ({ [type]: { one: values } });

/** What the rule says of one resource: its errors and warnings. */
const saidOf = (rule: string, type: string, values: object) =>
  check(ruleById(rule), one(type, values)).map(({ message }) => message);

const trigger = (criteria: object) => ({
  name: "t",
  location: "europe-west1",
  matching_criteria: [criteria],
});
const record = (type: string, rrdata: string) => ({
  name: "www.example.com.",
  managed_zone: "example",
  type,
  rrdatas: [rrdata],
});
const subscription = (values: object) => ({ name: "orders", topic: "orders", ...values });
const key = (values: object) => ({ name: "k", key_ring: "projects/p/locations/l/keyRings/r", ...values });
const spanner = (values: object) => ({ name: "orders", display_name: "o", ...values });
const cluster = (values: object) => ({
  name: "main",
  location: "europe-west1",
  initial_node_count: 1,
  ...values,
});
const window = (start_time: string, end_time: string) =>
  cluster({ maintenance_policy: { recurring_window: { start_time, end_time, recurrence: "FREQ=DAILY" } } });
const pool = (values: object) => ({ name: "main", cluster: "main", location: "europe-west1", ...values });
const route = (values: object) => ({
  name: "web",
  default_service: "projects/p/global/backendServices/web",
  host_rule: [{ hosts: ["example.com"], path_matcher: "all" }],
  path_matcher: [
    { name: "all", default_service: "projects/p/global/backendServices/web", route_rules: [values] },
  ],
});

const policy = (condition: object) => ({
  display_name: "p",
  combiner: "OR",
  conditions: [{ display_name: "c", ...condition }],
});
const threshold = (filter: string) =>
  policy({
    condition_threshold: { filter, comparison: "COMPARISON_GT", threshold_value: 10, duration: "0s" },
  });

describe("Words and texts that only the API reads", () => {
  test.each<[rule: string, type: string, right: object, wrong: object, message: string]>([
    [
      "reachability/dns-form",
      "google_dns_record_set",
      record("MX", "10 mail.example.com."),
      record("MX", "mail.example.com."),
      "a preference and a name",
    ],
    [
      "reachability/dns-form",
      "google_dns_record_set",
      record("PTR", "gw.example.com."),
      record("PTR", "gw.example.com"),
      "a dot at the end",
    ],
    [
      "reachability/dns-form",
      "google_dns_record_set",
      record("CAA", '0 issue "pki.goog"'),
      record("CAA", 'issue "pki.goog"'),
      "a flag, a tag and a value",
    ],
    [
      "reachability/dns-form",
      "google_dns_record_set",
      record("SRV", "10 60 5060 ."),
      record("SRV", "60 5060 sip.example.com."),
      "priority, weight, port",
    ],
    [
      "reachability/dns-form",
      "google_dns_record_set",
      record("TXT", "x"),
      record("NS", "ns1"),
      "a dot at the end",
    ],
    [
      "time/pubsub",
      "google_pubsub_subscription",
      subscription({ filter: 'attributes.a = "x == y && z" AND NOT hasPrefix(attributes.b, "it\'s")' }),
      subscription({ filter: 'attributes.a == "x"' }),
      "has no ==",
    ],
    [
      "time/pubsub",
      "google_pubsub_subscription",
      subscription({ filter: 'attributes:name-or-id OR attributes.and = "and"' }),
      subscription({ filter: "attributes:a and attributes:b" }),
      "has no and",
    ],
    [
      "time/pubsub",
      "google_pubsub_subscription",
      subscription({ bigquery_config: { table: "acme-dev.events.raw" } }),
      subscription({ bigquery_config: { table: "projects/acme-dev/datasets/events/tables/raw" } }),
      "PROJECT.DATASET.TABLE",
    ],
    [
      "service/event-filter",
      "google_eventarc_trigger",
      trigger({ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }),
      trigger({ attribute: "type", value: "google.pubsub.topic.publish" }),
      "not one of first generation functions",
    ],
    [
      "service/event-filter",
      "google_eventarc_trigger",
      trigger({ attribute: "path", value: "google.storage.object", operator: "match-path-pattern" }),
      trigger({ attribute: "path", value: "a/*", operator: "match-path" }),
      "match-path-pattern",
    ],
    [
      "data/kms-key",
      "google_kms_crypto_key",
      key({ rotation_period: "86400s", version_template: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION" } }),
      key({ rotation_period: "86399s" }),
      "86399",
    ],
    [
      "data/kms-key",
      "google_kms_crypto_key",
      key({ purpose: "MAC", version_template: { algorithm: "HMAC_SHA256" } }),
      key({ purpose: "MAC", version_template: { algorithm: "EC_SIGN_P256_SHA256" } }),
      "keys of purpose MAC",
    ],
    [
      "data/kms-key",
      "google_kms_crypto_key",
      key({ version_template: { algorithm: "EXTERNAL_SYMMETRIC_ENCRYPTION", protection_level: "EXTERNAL" } }),
      key({ version_template: { algorithm: "RSA_SIGN_PSS_2048_SHA256" } }),
      "keys of purpose ENCRYPT_DECRYPT",
    ],
    [
      "capacity/spanner-units",
      "google_spanner_instance",
      spanner({ config: "regional-europe-west1", processing_units: 300 }),
      spanner({ config: "europe-west1", processing_units: 300 }),
      "no instance configuration",
    ],
    [
      "capacity/spanner-units",
      "google_spanner_instance",
      spanner({ config: "nam3", processing_units: 2000 }),
      spanner({ config: "nam3", processing_units: 2100 }),
      "steps of 1000",
    ],
    [
      "capacity/gke-shape",
      "google_container_cluster",
      window("2026-01-03T22:00:00Z", "2026-01-04T02:00:00Z"),
      window("2026-01-03T22:00:00Z", "2026-01-04T01:00:00Z"),
      "a window lasts 4 hours",
    ],
    [
      "capacity/gke-shape",
      "google_container_cluster",
      cluster({ node_locations: ["europe-west1-b", "europe-west1-d"] }),
      cluster({ node_locations: ["europe-west1-b", "europe-west4-a"] }),
      'contains "europe-west4-a"',
    ],
    [
      "capacity/gke-shape",
      "google_container_node_pool",
      pool({ location: "europe-west1-b", node_locations: ["europe-west1-c"] }),
      pool({ location: "us-east1-b", node_locations: ["europe-west1-c"] }),
      "zones of the cluster's region",
    ],
    [
      "capacity/gke-shape",
      "google_container_node_pool",
      pool({ upgrade_settings: { max_surge: 0, max_unavailable: 1 } }),
      pool({ upgrade_settings: { max_surge: 0, max_unavailable: 0 } }),
      "either more nodes or fewer",
    ],
    [
      "edge/url-map-routes",
      "google_compute_url_map",
      route({ priority: 1, match_rules: [{ prefix_match: "/v2/" }], service: "s" }),
      route({ priority: 1, match_rules: [{ prefix_match: "/v2/*" }], service: "s" }),
      "no wildcard there",
    ],
    [
      "edge/url-map-routes",
      "google_compute_url_map",
      route({
        priority: 1,
        route_action: {
          timeout: { seconds: 20 },
          retry_policy: {
            num_retries: 2,
            retry_conditions: ["5xx", "gateway-error"],
            per_try_timeout: { seconds: 5 },
          },
        },
      }),
      route({
        priority: 1,
        route_action: {
          timeout: { seconds: 20 },
          retry_policy: { num_retries: 2, per_try_timeout: { seconds: 30 } },
        },
      }),
      "a try that hangs takes all of the time",
    ],
    [
      "edge/url-map-routes",
      "google_compute_url_map",
      route({ priority: 1, route_action: { retry_policy: { retry_conditions: ["unavailable"] } } }),
      route({ priority: 1, route_action: { retry_policy: { retry_conditions: ["gateway_error"] } } }),
      "gateway_error",
    ],
    [
      "service/api-enabled",
      "google_project_service",
      { service: "acme.endpoints.acme-dev.cloud.goog" },
      { service: "run.googleapi.com" },
      "no API is at googleapi.com",
    ],
    [
      "data/sql-flags",
      "google_sql_database_instance",
      {
        database_version: "SQLSERVER_2022_STANDARD",
        settings: { database_flags: [{ name: "cost threshold for parallelism", value: "5" }] },
      },
      {
        database_version: "MYSQL_8_0",
        settings: { database_flags: [{ name: "long-query-time", value: "2" }] },
      },
      "names of flags have underscores",
    ],
    [
      "edge/backend-service",
      "google_compute_region_backend_service",
      { load_balancing_scheme: "INTERNAL", backend: [{ group: "g", balancing_mode: "CONNECTION" }] },
      { load_balancing_scheme: "INTERNAL", backend: [{ group: "g", balancing_mode: "UTILIZATION" }] },
      "counts connections",
    ],
    [
      "edge/backend-service",
      "google_compute_backend_service",
      { backend: [{ group: "g", balancing_mode: "RATE", max_rate_per_endpoint: 10 }] },
      { backend: [{ group: "g", balancing_mode: "RATE" }] },
      "balanced by rate",
    ],
    [
      "data/redis-configs",
      "google_memorystore_instance",
      { instance_id: "cache", engine_configs: { "maxmemory-policy": "volatile-ttl" } },
      { instance_id: "cache", engine_configs: { maxmemory_policy: "volatile-ttl" } },
      "no setting has an underscore",
    ],
    [
      "data/redis-configs",
      "google_redis_cluster",
      { name: "cache", redis_configs: { "maxmemory-policy": "allkeys-lfu" } },
      { name: "cache", redis_configs: { "maxmemory-policy": "allkeys" } },
      "allkeys",
    ],
    [
      "reachability/group-zones",
      "google_compute_region_instance_group_manager",
      { region: "europe-west1", distribution_policy_zones: ["europe-west1-b"] },
      { region: "europe-west1", distribution_policy_zones: ["europe-west4-b"] },
      'contains "europe-west4-b"',
    ],
    [
      "observability/alert-filter",
      "google_monitoring_alert_policy",
      threshold('select_slo_budget_fraction("projects/p/services/s/serviceLevelObjectives/o")'),
      threshold('select_slo_burnrate("projects/p/services/s/serviceLevelObjectives/o", "1h")'),
      "calls select_slo_burnrate",
    ],
    [
      "reachability/dns-form",
      "google_dns_record_set",
      record("A", "203.0.113.255"),
      record("A", "203.0.113.256"),
      "an IPv4 address",
    ],
    [
      "reachability/dns-form",
      "google_dns_record_set",
      record("AAAA", "::ffff:192.0.2.1"),
      record("AAAA", "192.0.2.1"),
      "an IPv6 address",
    ],
    [
      "service/schedule-request",
      "google_cloud_scheduler_job",
      { http_target: { uri: "https://example.com", http_method: "PUT", body: "e30=" } },
      { http_target: { uri: "https://example.com", http_method: "GET", body: "e30=" } },
      "no body",
    ],
    [
      "time/snapshot-schedule",
      "google_compute_resource_policy",
      {
        snapshot_schedule_policy: { schedule: { daily_schedule: { days_in_cycle: 1, start_time: "4:00" } } },
      },
      {
        snapshot_schedule_policy: { schedule: { daily_schedule: { days_in_cycle: 1, start_time: "24:00" } } },
      },
      "a full hour",
    ],
    [
      "capacity/gke-shape",
      "google_container_cluster",
      cluster({
        cluster_autoscaling: { resource_limits: [{ resource_type: "cpu", minimum: 4, maximum: 4 }] },
      }),
      cluster({
        cluster_autoscaling: { resource_limits: [{ resource_type: "cpu", minimum: 40, maximum: 4 }] },
      }),
      "minimum is 40",
    ],
    [
      "data/sql-collation",
      "google_sql_database",
      { name: "shop", instance: "shop", charset: "utf8", collation: "utf8mb3_general_ci" },
      { name: "shop", instance: "shop", charset: "utf8mb4", collation: "utf8_general_ci" },
      "a collation of utf8",
    ],
    [
      "data/sql-collation",
      "google_sql_database",
      { name: "shop", instance: "shop", charset: "UTF8", collation: "en_US.UTF8" },
      { name: "shop", instance: "shop", charset: "latin1", collation: "utf8mb4_bin" },
      "a collation of utf8mb4",
    ],
    [
      "service/build-logs",
      "google_cloudbuild_trigger",
      { service_account: "b", build: { step: [{ name: "n" }], options: { logging: "CLOUD_LOGGING_ONLY" } } },
      { service_account: "b", build: { step: [{ name: "n" }], options: { machine_type: "E2_HIGHCPU_8" } } },
      "needs a place for its logs",
    ],
    [
      "service/build-logs",
      "google_cloudbuild_trigger",
      { service_account: "b", filename: "cloudbuild.yaml" },
      { service_account: "b", build: { step: [{ name: "n" }] } },
      "needs a place for its logs",
    ],
    [
      "service/build-logs",
      "google_cloudbuild_trigger",
      { service_account: "b", build: { step: [{ name: "n" }], logs_bucket: "gs://logs" } },
      { service_account: "b", build: { step: [{ name: "n" }], options: { env: ["A=b"] } } },
      "needs a place for its logs",
    ],
    [
      "reachability/psc-endpoint",
      "google_compute_region_network_endpoint_group",
      { region: "us-west2", psc_target_service: "projects/p/regions/us-west2/serviceAttachments/a" },
      { region: "us-west2", psc_target_service: "projects/p/regions/us-west1/serviceAttachments/a" },
      "psc_target_service is in us-west1 and the group in us-west2",
    ],
    [
      "identity/member-form",
      "google_project_iam_member",
      {
        role: "roles/viewer",
        member: "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/*",
      },
      { role: "roles/viewer", member: "principalSet://iam.googleapis.com/ci-pool/attribute.aws_role/etl" },
      'names the pool "ci-pool" alone',
    ],
    [
      "rollout/target-image",
      "google_artifact_registry_repository",
      { cleanup_policies: [{ id: "k", action: "KEEP", condition: { newer_than: "2592000s" } }] },
      { cleanup_policies: [{ id: "k", action: "KEEP", condition: { newer_than: "30 days" } }] },
      'newer_than is "30 days"',
    ],
  ])("%s of %s", (rule, type, right, wrong, message) => {
    expect(saidOf(rule, type, right).filter((line) => line.includes(message))).toEqual([]);
    expect(saidOf(rule, type, wrong).join("\n")).toContain(message);
  });

  test("what is not known is not judged", () => {
    const unknown = "${var.unknown}";
    const resources: readonly [string, string, object][] = [
      ["reachability/dns-form", "google_dns_record_set", record("MX", unknown)],
      ["time/pubsub", "google_pubsub_subscription", subscription({ filter: unknown })],
      ["data/kms-key", "google_kms_crypto_key", key({ purpose: unknown, rotation_period: "86400s" })],
      [
        "capacity/spanner-units",
        "google_spanner_instance",
        spanner({ config: unknown, processing_units: unknown }),
      ],
      [
        "capacity/gke-shape",
        "google_container_cluster",
        cluster({ location: unknown, node_locations: ["us-east1-b"] }),
      ],
    ];
    for (const [rule, type, values] of resources) expect(saidOf(rule, type, values)).toEqual([]);
  });
});

describe("Cloud Armor rules", () => {
  const policy = (rule: object) => ({
    name: "waf",
    rule: [
      { action: "allow", priority: 2147483647, match: { versioned_expr: "SRC_IPS_V1" } },
      { priority: 1, ...rule },
    ],
  });
  const waf = (expression: string) => policy({ action: "deny(403)", match: { expr: { expression } } });
  const said = (values: object) => saidOf("edge/cloud-armor", "google_compute_security_policy", values);

  test("name preconfigured rules that there are", () => {
    for (const name of [
      "sqli-v33-stable",
      "xss-stable",
      "cve-canary",
      "json-sqli-canary",
      "java-v422-stable",
    ])
      expect(said(waf(`evaluatePreconfiguredWaf('${name}', {'sensitivity': 1})`))).toEqual([]);
    expect(said(waf("evaluatePreconfiguredWaf('xss-v3-stable')"))).toEqual([
      'match.expr.expression names the preconfigured rule "xss-v3-stable"; rejected by the API: Cloud Armor has none of that name.',
    ]);
  });

  test("ban for some time", () => {
    const ban = { action: "rate_based_ban", rate_limit_options: { ban_duration_sec: 600 } };
    expect(said(policy(ban))).toEqual([]);
    expect(said(policy({ ...ban, rate_limit_options: { exceed_action: "deny(429)" } }))).toHaveLength(1);
  });
});

test("two buckets have two names, whatever their projects", () => {
  const buckets = (second: string) =>
    check(ruleById("data/name-taken"), {
      google_storage_bucket: {
        a: { name: "acme-uploads", project: "acme-dev" },
        b: { name: second, project: "acme-prod" },
      },
    });
  expect(buckets("acme-archive")).toEqual([]);
  expect(buckets("acme-uploads")).toHaveLength(1);
});

test("a condition compares with a date that has time and zone", () => {
  const condition = (expression: string) =>
    saidOf("identity/condition", "google_project_iam_member", {
      project: "acme-dev",
      role: "roles/run.invoker",
      member: "user:a@example.com",
      condition: [{ title: "t", expression }],
    });
  expect(condition('request.time < timestamp("2031-01-01T00:00:00Z")')).toEqual([]);
  expect(condition("request.time < timestamp('2031-01-01T00:00:00.5+02:00')")).toEqual([]);
  expect(condition('request.time < timestamp("${var.until}")')).toEqual([]);
  expect(condition('request.time < timestamp("2031-01-01")')).toHaveLength(1);
});

test("everybody is granted nothing on a bucket that prevents public access", () => {
  const bucket = (prevention: string) =>
    check(ruleById("identity/public-principal"), {
      google_storage_bucket: { site: { name: "acme-site", public_access_prevention: prevention } },
      google_storage_bucket_iam_member: {
        site: {
          bucket: "${google_storage_bucket.site.name}",
          role: "roles/storage.objectViewer",
          member: "allUsers",
        },
      },
    });
  expect(bucket("inherited")).toEqual([]);
  expect(bucket("enforced")).toMatchObject([
    { severity: "error", address: "google_storage_bucket_iam_member.site" },
  ]);
});

test("a secret names a topic to which Secret Manager may publish", () => {
  const secret = (email: string) =>
    check(ruleById("identity/notification-topic"), {
      google_pubsub_topic: { rotation: { name: "rotation" } },
      google_secret_manager_secret: {
        db: { secret_id: "db", topics: [{ name: "${google_pubsub_topic.rotation.id}" }] },
      },
      google_pubsub_topic_iam_member: {
        agent: {
          topic: "${google_pubsub_topic.rotation.id}",
          role: "roles/pubsub.publisher",
          member: `serviceAccount:service-123456789012@${email}.iam.gserviceaccount.com`,
        },
      },
    });
  expect(secret("gcp-sa-secretmanager")).toEqual([]);
  expect(secret("gcp-sa-pubsub")).toMatchObject([
    {
      severity: "warning",
      message:
        "topics.name is google_pubsub_topic.rotation, and the service agent of Secret Manager has no roles/pubsub.publisher on it; rejected by the API: the agent may not publish.",
    },
  ]);
});

test("the Cloud SQL proxy next to a service connects with a role", () => {
  const service = (image: string, role: string) =>
    check(ruleById("identity/sql-client"), {
      google_service_account: { api: { account_id: "api-run" } },
      google_project_iam_member: {
        api: { project: "acme-dev", role, member: "${google_service_account.api.member}" },
      },
      google_cloud_run_v2_service: {
        api: {
          name: "api",
          location: "europe-west1",
          template: {
            service_account: "${google_service_account.api.email}",
            containers: [
              {
                name: "api",
                image: "europe-west1-docker.pkg.dev/acme-dev/run/api:1",
                ports: { container_port: 8080 },
              },
              { name: "sidecar", image },
            ],
          },
        },
      },
    }).map(({ message }) => message);
  const proxy = "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1";
  expect(service(proxy, "roles/cloudsql.client")).toEqual([]);
  expect(service("otel/opentelemetry-collector:0.1", "roles/logging.logWriter")).toEqual([]);
  expect(service(proxy, "roles/logging.logWriter")).toEqual([
    "google_service_account.api has no roles/cloudsql.client, but google_cloud_run_v2_service.api runs the Cloud SQL proxy as it; fails at run time: the proxy is denied.",
  ]);
});

test("a regional forwarding rule and its address are of one network tier", () => {
  const front = (rule: object, address: object) =>
    check(ruleById("edge/address"), {
      google_compute_address: { web: { name: "web", region: "europe-west1", ...address } },
      google_compute_forwarding_rule: {
        web: {
          name: "web",
          region: "europe-west1",
          load_balancing_scheme: "EXTERNAL_MANAGED",
          ip_address: "${google_compute_address.web.id}",
          ...rule,
        },
      },
    }).map(({ message }) => message);
  expect(front({}, {})).toEqual([]);
  expect(front({ network_tier: "STANDARD" }, { network_tier: "STANDARD" })).toEqual([]);
  expect(front({ network_tier: "${var.tier}" }, { network_tier: "STANDARD" })).toEqual([]);
  expect(front({}, { network_tier: "STANDARD" })).toEqual([
    "network_tier is PREMIUM by default, and that of google_compute_address.web is STANDARD; rejected by the API: a forwarding rule and its address are of one tier.",
  ]);
});
