import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const said = (rule: string, type: string, body: object) =>
  check(ruleById(rule), { [type]: { one: body } }).map(({ message }) => message);

/** The kind: settings of one resource that only the API compares with each other. */
describe("shapes that the provider does not check", () => {
  test("Cloud Composer: settings of the version in image_version", () => {
    const composer = (config: object, image_version = "composer-2.9.7-airflow-2.9.3") =>
      said("service/composer-shape", "google_composer_environment", {
        config: [{ software_config: [{ image_version }], ...config }],
      });
    expect(composer({ environment_size: "ENVIRONMENT_SIZE_SMALL" })).toEqual([]);
    expect(composer({ node_count: 3 }, "composer-1.20.12-airflow-1.10.15")).toEqual([]);
    expect(composer({ node_count: 3 }, "${var.version}")).toEqual([]);
    expect(composer({ node_count: 3 })).toEqual([
      'config.node_count is set with image_version "composer-2.9.7-airflow-2.9.3"; rejected by the API: only Cloud Composer 1 has it.',
    ]);
    expect(composer({ environment_size: "ENVIRONMENT_SIZE_SMALL" }, "composer-1-airflow-1")[0]).toContain(
      "only Cloud Composer 2 and later have it",
    );
  });

  test("repositories: the upstream of their mode", () => {
    const repository = (body: object) =>
      said("service/repository-mode", "google_artifact_registry_repository", { format: "DOCKER", ...body });
    expect(repository({})).toEqual([]);
    expect(
      repository({ mode: "REMOTE_REPOSITORY", remote_repository_config: [{ description: "hub" }] }),
    ).toEqual([]);
    expect(repository({ mode: "REMOTE_REPOSITORY" })[0]).toContain("a remote repository names its upstream");
    expect(repository({ mode: "VIRTUAL_REPOSITORY" })[0]).toContain(
      "a virtual repository names its upstreams",
    );
  });

  test("triggers: substitutions with an underscore", () => {
    const trigger = (substitutions: unknown) =>
      said("service/build-substitutions", "google_cloudbuild_trigger", { substitutions });
    expect(trigger({ _ENV: "dev", _REGION_2: "eu" })).toEqual([]);
    expect(trigger("${var.substitutions}")).toEqual([]);
    expect(trigger({ ENV: "dev" })).toEqual([
      "substitutions has ENV; rejected by the API: the name of a substitution begins with an underscore and has capitals, digits and underscores.",
    ]);
    expect(trigger({ _env: "dev" })).toHaveLength(1);
  });

  test("Bigtable: each cluster in a zone of its own", () => {
    const bigtable = (...zones: string[]) =>
      said("data/bigtable-shape", "google_bigtable_instance", {
        name: "t",
        cluster: zones.map((zone, index) => ({ cluster_id: `t-${index}`, zone })),
      });
    expect(bigtable("europe-west1-b", "europe-west1-c")).toEqual([]);
    expect(bigtable("europe-west1-b", "${var.zone}")).toEqual([]);
    expect(bigtable("europe-west1-b", "europe-west1-b")[0]).toContain("zones of their own");
    expect(bigtable("europe-west1")[0]).toContain("it must be a zone");
  });

  test("the first generation of Cloud Run: secrets by their name", () => {
    const service = (name: string) =>
      said("service/secret-reference", "google_cloud_run_service", {
        template: [
          {
            spec: [
              {
                containers: [
                  { env: [{ name: "A", value_from: [{ secret_key_ref: [{ name, key: "latest" }] }] }] },
                ],
              },
            ],
          },
        ],
      });
    expect(service("db-password")).toEqual([]);
    expect(service("${google_secret_manager_secret.db.secret_id}")).toEqual([]);
    expect(service("projects/p/secrets/db-password")[0]).toContain("without projects/ and secrets/");
  });

  test("domain mappings: one host name", () => {
    const mapping = (name: string) =>
      said("edge/domain-mapping", "google_cloud_run_domain_mapping", { name });
    expect(mapping("www.example.com")).toEqual([]);
    expect(mapping("xn--bcher-kva.example.com")).toEqual([]);
    for (const wrong of ["*.example.com", "https://www.example.com", "www.example.com/a", "localhost"])
      expect(mapping(wrong)).toHaveLength(1);
  });

  test("APIs: by the names that they have", () => {
    const api = (service: string) => said("service/api-enabled", "google_project_service", { service });
    for (const name of ["run", "sqladmin", "tasks", "storage", "cloudtasks", "compute", "pubsublite"])
      expect(api(`${name}.googleapis.com`)).toEqual([]);
    expect(api("cloudrun.googleapis.com")).toEqual([
      'service is "cloudrun.googleapis.com"; rejected by the API: there is no such API.',
    ]);
    expect(api("secretmanger.googleapis.com")).toHaveLength(1);
  });

  test("log filters: severities of Cloud Logging, and not of a payload", () => {
    const filter = (text: string) =>
      said("observability/log-filter", "google_logging_metric", { name: "m", filter: text });
    for (const right of [
      "severity>=WARNING",
      'severity="error"',
      "severity = (ERROR OR CRITICAL)",
      "severity >= 400",
      'jsonPayload.severity="WARN"',
      'severity=~"ERR"',
      'textPayload:"severity=WARN"',
      "-- severity=WARN\nseverity=ERROR",
    ])
      expect(filter(right)).toEqual([]);
    for (const wrong of ["severity>=WARN", 'severity="FATAL"', "severity=(ERROR OR CRIT)", "severity:TRACE"])
      expect(filter(wrong)).toEqual([expect.stringContaining("with the severity")]);
  });

  test("GPUs of Cloud Run: outside of the documented regions it is a warning", () => {
    const service = (location: string) =>
      check(ruleById("service/template-words"), {
        google_cloud_run_v2_service: {
          llm: { name: "llm", location, template: [{ node_selector: [{ accelerator: "nvidia-l4" }] }] },
        },
      });
    expect(service("europe-west4")).toEqual([]);
    expect(service("${var.region}")).toEqual([]);
    expect(service("europe-west9")).toMatchObject([{ severity: "warning" }]);
  });

  test("firewall rules: ranges of one version of IP", () => {
    const firewall = (...source_ranges: string[]) =>
      said("reachability/firewall-shape", "google_compute_firewall", {
        name: "a",
        network: "n",
        source_ranges,
        allow: [{ protocol: "tcp" }],
      });
    expect(firewall("10.0.0.0/8", "192.0.2.1")).toEqual([]);
    expect(firewall("2001:db8::/32", "::/0")).toEqual([]);
    expect(firewall("10.0.0.0/8", "${var.range}")).toEqual([]);
    expect(firewall("10.0.0.0/8", "2001:db8::/32")).toEqual([
      "the ranges have 10.0.0.0/8 and 2001:db8::/32; rejected by the API: a rule is for IPv4 or for IPv6.",
    ]);
  });

  test("buckets: lifecycle, hierarchical namespace, turbo replication", () => {
    const bucket = (body: object) =>
      said("data/storage-class", "google_storage_bucket", { name: "acme-orders", location: "EU", ...body });
    const rule = (action: object) =>
      bucket({ lifecycle_rule: [{ condition: [{ age: 1 }], action: [action] }] });
    expect(rule({ type: "SetStorageClass", storage_class: "NEARLINE" })).toEqual([]);
    expect(rule({ type: "Delete" })).toEqual([]);
    expect(rule({ type: "SetStorageClass" })[0]).toContain("it sets the class that is named");
    expect(rule({ type: "Delete", storage_class: "NEARLINE" })).toHaveLength(1);
    const flat = { hierarchical_namespace: [{ enabled: true }], uniform_bucket_level_access: true };
    expect(bucket(flat)).toEqual([]);
    expect(bucket({ ...flat, versioning: [{ enabled: false }] })).toEqual([]);
    expect(bucket({ ...flat, versioning: [{ enabled: true }] })).toHaveLength(1);
    expect(bucket({ ...flat, uniform_bucket_level_access: false })).toHaveLength(1);
    expect(bucket({ rpo: "ASYNC_TURBO", location: "EUR4" })).toEqual([]);
    expect(bucket({ rpo: "ASYNC_TURBO", location: "EUROPE-WEST1" })).toHaveLength(1);
  });

  test("private zones are not signed", () => {
    const zone = (visibility: string, state: string) =>
      said("reachability/dns-form", "google_dns_managed_zone", {
        name: "z",
        dns_name: "example.com.",
        visibility,
        dnssec_config: [{ state }],
      });
    expect([...zone("public", "on"), ...zone("private", "off")]).toEqual([]);
    expect(zone("private", "on")[0]).toContain("only public zones are signed");
  });

  test("GKE: Dataplane V2 and Spot VMs", () => {
    const cluster = (body: object) =>
      said("capacity/gke-shape", "google_container_cluster", {
        name: "c",
        location: "europe-west1",
        initial_node_count: 1,
        ...body,
      });
    const dataplane = { datapath_provider: "ADVANCED_DATAPATH" };
    expect(cluster(dataplane)).toEqual([]);
    expect(cluster({ ...dataplane, network_policy: [{ enabled: false }] })).toEqual([]);
    expect(cluster({ ...dataplane, network_policy: [{ enabled: true }] })).toHaveLength(1);
    const pool = (config: object) =>
      said("capacity/gke-shape", "google_container_node_pool", { cluster: "c", node_config: [config] });
    expect(pool({ spot: true })).toEqual([]);
    expect(pool({ spot: true, preemptible: true })[0]).toContain("nodes are Spot VMs or preemptible ones");
  });

  test("Bigtable: bounds of autoscaling", () => {
    const cluster = (config: object) =>
      said("data/bigtable-shape", "google_bigtable_instance", {
        name: "t",
        cluster: [
          { cluster_id: "a", zone: "europe-west1-b", autoscaling_config: [{ cpu_target: 50, ...config }] },
        ],
      });
    expect(cluster({ min_nodes: 3, max_nodes: 3 })).toEqual([]);
    expect(cluster({ min_nodes: 4, max_nodes: 3 })).toHaveLength(1);
    for (const [cpu_target, faults] of [
      [9, 1],
      [10, 0],
      [80, 0],
      [81, 1],
    ])
      expect(cluster({ min_nodes: 1, max_nodes: 3, cpu_target })).toHaveLength(faults ?? 0);
  });

  test("Spanner: several regions by edition, and how long versions are kept", () => {
    const instance = (config: string, edition: string) =>
      said("capacity/spanner-units", "google_spanner_instance", { config, edition, num_nodes: 1 });
    expect(instance("nam3", "ENTERPRISE_PLUS")).toEqual([]);
    expect(instance("regional-europe-west1", "STANDARD")).toEqual([]);
    expect(instance("nam3", "STANDARD")[0]).toContain("only ENTERPRISE_PLUS is in several regions");
    expect(instance("projects/p/instanceConfigs/eur6", "ENTERPRISE")).toHaveLength(1);
    const kept = (version_retention_period: string) =>
      said("data/spanner-retention", "google_spanner_database", { version_retention_period });
    for (const right of ["1h", "7d", "168h", "3600s", "${var.kept}"]) expect(kept(right)).toEqual([]);
    for (const wrong of ["59m", "8d", "169h"]) expect(kept(wrong)).toHaveLength(1);
  });

  test("BigQuery: what tables are partitioned by, schedules in words, slots in steps", () => {
    const table = (type: string, body: object) =>
      said("data/bigquery-shape", "google_bigquery_table", {
        dataset_id: "d",
        table_id: "t",
        schema: JSON.stringify([{ name: "c", type }]),
        ...body,
      });
    const time = (unit: string) => ({ time_partitioning: [{ type: unit, field: "c" }] });
    const steps = (start: number) => ({
      range_partitioning: [{ field: "c", range: [{ start, end: 100, interval: 10 }] }],
    });
    expect([...table("DATE", time("DAY")), ...table("TIMESTAMP", time("HOUR"))]).toEqual([]);
    expect([...table("INT64", steps(0)), ...table("INTEGER", steps(0))]).toEqual([]);
    expect(table("STRING", time("DAY"))[0]).toContain("the column is of type TIMESTAMP, DATE or DATETIME");
    expect(table("DATE", time("HOUR"))[0]).toContain("a date has no hours");
    expect(table("DATE", steps(0))[0]).toContain("the column is of type INTEGER");
    expect(table("INTEGER", steps(100))).toHaveLength(1);
    const schedule = (text: string) =>
      said("time/transfer-interval", "google_bigquery_data_transfer_config", { schedule: text });
    for (const right of [
      "every day 03:00",
      "every 6 hours",
      "1st,3rd monday of month 15:30",
      "${var.schedule}",
    ])
      expect(schedule(right)).toEqual([]);
    for (const wrong of ["0 3 * * *", "*/30 * * * *", "0 6 * * MON-FRI"])
      expect(schedule(wrong)).toHaveLength(1);
    const slots = (slot_capacity: number) =>
      said("data/bigquery-shape", "google_bigquery_reservation", { name: "r", slot_capacity });
    expect([...slots(0), ...slots(150)]).toEqual([]);
    expect(slots(120)).toHaveLength(1);
  });

  test("Firestore: locations, names and indexes of several fields", () => {
    const database = (location_id: string, name = "(default)") =>
      said("data/firestore-shape", "google_firestore_database", { name, location_id });
    for (const right of ["eur3", "nam5", "europe-west1"]) expect(database(right)).toEqual([]);
    for (const wrong of ["eu", "europe-west", "us-central"]) expect(database(wrong)).toHaveLength(1);
    expect(database("eur3", "orders")).toEqual([]);
    for (const wrong of ["Orders", "ord", "default_1"]) expect(database("eur3", wrong)).toHaveLength(1);
    const index = (body: object) => said("data/firestore-shape", "google_firestore_index", body);
    const [a, b] = [
      { field_path: "a", order: "ASCENDING" },
      { field_path: "b", order: "ASCENDING" },
    ];
    expect(index({ fields: [a, b] })).toEqual([]);
    expect(index({ fields: [{ field_path: "a", search_config: [{}] }] })).toEqual([]);
    expect(index({ fields: [{ field_path: "a", vector_config: [{ dimension: 3 }] }] })).toEqual([]);
    expect(index({ fields: [a], api_scope: "MONGODB_COMPATIBLE_API" })).toEqual([]);
    expect(index({ fields: [a] })).toHaveLength(1);
  });

  test("repositories: settings of their format, and policies that say what they are about", () => {
    const repository = (body: object) =>
      said("service/repository-mode", "google_artifact_registry_repository", body);
    const policy = (body: object) => ({ format: "DOCKER", cleanup_policies: [{ id: "a", ...body }] });
    expect(repository({ format: "docker", docker_config: [{ immutable_tags: true }] })).toEqual([]);
    expect(repository({ format: "MAVEN", docker_config: [{ immutable_tags: true }] })).toHaveLength(1);
    expect(repository({ format: "NPM", maven_config: [{ version_policy: "RELEASE" }] })).toHaveLength(1);
    expect(repository(policy({ most_recent_versions: [{ keep_count: 3 }] }))).toEqual([]);
    expect(repository(policy({ condition: [{ older_than: "30d" }] }))).toEqual([]);
    expect(repository(policy({ action: "KEEP" }))[0]).toContain("a policy says which versions it is about");
  });

  test("bounds of pools, networks, log buckets, ranges and limits by header", () => {
    const disk = (disk_size_gb: number) =>
      said("capacity/build-pool", "google_cloudbuild_worker_pool", { worker_config: [{ disk_size_gb }] });
    expect([...disk(0), ...disk(100), ...disk(4000)]).toEqual([]);
    expect([...disk(99), ...disk(4001)]).toHaveLength(2);
    const mtu = (value: number) => said("reachability/network-mtu", "google_compute_network", { mtu: value });
    expect([...mtu(1300), ...mtu(8896)]).toEqual([]);
    expect([...mtu(1299), ...mtu(8897)]).toHaveLength(2);
    const kept = (retention_days: number) =>
      said("data/log-retention", "google_logging_project_bucket_config", { retention_days });
    expect([...kept(1), ...kept(3650)]).toEqual([]);
    expect(kept(3651)).toHaveLength(1);
    const range = (subnet: string) =>
      said("address/datastream-range", "google_datastream_private_connection", {
        vpc_peering_config: [{ subnet }],
      });
    expect([...range("10.0.0.0/29"), ...range("${var.range}")]).toEqual([]);
    expect(range("10.0.0.0/24")).toHaveLength(1);
    const limit = (more: object) =>
      said("edge/cloud-armor", "google_compute_security_policy", {
        name: "p",
        rule: [
          {
            action: "throttle",
            priority: 2147483647,
            match: [{ versioned_expr: "SRC_IPS_V1", config: [{ src_ip_ranges: ["*"] }] }],
            rate_limit_options: [
              {
                rate_limit_threshold: [{ count: 10, interval_sec: 60 }],
                enforce_on_key: "HTTP_HEADER",
                ...more,
              },
            ],
          },
        ],
      });
    expect(limit({ enforce_on_key_name: "X-Api-Key" })).toEqual([]);
    expect(limit({ enforce_on_key: "IP" })).toEqual([]);
    expect(limit({})[0]).toContain("a limit by header or cookie names it");
  });

  test("a request of Workflows has an address", () => {
    const flow = (step: string) =>
      said("service/workflow", "google_workflows_workflow", {
        source_contents: `main:\n  steps:\n    - get:\n        call: http.get\n${step}`,
      });
    expect(flow("        args:\n          url: https://a.example\n")).toEqual([]);
    expect(flow("        args:\n          uri: https://a.example\n")).toHaveLength(1);
    expect(flow("        result: r\n")).toHaveLength(1);
  });

  test("backends of a proxy that are balanced by connections have a bound", () => {
    const backend = (body: object) =>
      said("edge/backend-service", "google_compute_backend_service", {
        name: "b",
        protocol: "TCP",
        load_balancing_scheme: "EXTERNAL_MANAGED",
        health_checks: ["h"],
        backend: [{ group: "projects/p/zones/europe-west1-b/instanceGroups/g", ...body }],
      });
    expect(backend({ balancing_mode: "CONNECTION", max_connections: 100 })).toEqual([]);
    expect(backend({ balancing_mode: "UTILIZATION" })).toEqual([]);
    expect(backend({ balancing_mode: "CONNECTION" })[0]).toContain(
      "a proxy balances by a bound of connections",
    );
  });

  test("TXT records have their spaces in quotes", () => {
    const record = (...rrdatas: string[]) =>
      said("reachability/dns-form", "google_dns_record_set", {
        name: "a.example.com.",
        type: "TXT",
        rrdatas,
      });
    for (const right of ['"v=spf1 -all"', "v=DMARC1;p=none", '"a" "b"', '"v=DKIM1; k=rsa" "p=AA"', "a\\ b"])
      expect(record(right)).toEqual([]);
    expect(record("v=spf1 include:_spf.google.com ~all")[0]).toContain("without quotes; fails at run time");
  });

  test("BigQuery: roles in a dataset, and the dialect of a view", () => {
    const access = (body: object) =>
      said("data/bigquery-shape", "google_bigquery_dataset", { dataset_id: "d", access: [body] });
    expect(access({ role: "READER", user_by_email: "a@example.com" })).toEqual([]);
    expect(access({ view: [{ dataset_id: "d" }] })).toEqual([]);
    expect(access({ group_by_email: "a@example.com" })[0]).toContain(
      "who may access a dataset has a role in it",
    );
    const view = (query: string, use_legacy_sql?: boolean) =>
      said("data/bigquery-shape", "google_bigquery_table", {
        dataset_id: "d",
        table_id: "t",
        view: [{ query, use_legacy_sql }],
      });
    expect(view("SELECT 1 FROM `p.d.t`", false)).toEqual([]);
    expect(view("SELECT 1 FROM `p.d.t`")).toEqual([]);
    expect(view("#standardSQL\nSELECT 1 FROM `p.d.t`", true)).toEqual([]);
    expect(view("SELECT 1 FROM [p:d.t]", true)).toEqual([]);
    expect(view("SELECT 1 FROM `p.d.t`", true)).toHaveLength(1);
  });

  test("GKE: images and scopes of nodes", () => {
    const pool = (config: object) =>
      said("capacity/gke-shape", "google_container_node_pool", { cluster: "c", node_config: [config] });
    for (const image_type of ["cos_containerd", "UBUNTU_CONTAINERD", "WINDOWS_LTSC_CONTAINERD"])
      expect(pool({ image_type })).toEqual([]);
    expect(pool({ image_type: "UBUNTU_22_04" })).toHaveLength(1);
    expect(
      pool({ oauth_scopes: ["cloud-platform", "https://www.googleapis.com/auth/devstorage.read_only"] }),
    ).toEqual([]);
    expect(pool({ oauth_scopes: ["cloud-platforms"] })).toHaveLength(1);
  });

  test("builds: steps that there are, and branches that are expressions", () => {
    const trigger = (body: object) => said("service/build-steps", "google_cloudbuild_trigger", body);
    const steps = (wait_for: string[], id: unknown = "compile") =>
      trigger({
        build: [
          {
            step: [
              { name: "a", id },
              { name: "b", wait_for },
            ],
          },
        ],
      });
    expect([...steps(["compile"]), ...steps(["-"]), ...steps(["other"], "${var.id}")]).toEqual([]);
    expect(steps(["complie"])[0]).toContain("no step has that id");
    const push = (body: object) => trigger({ github: [{ owner: "a", name: "b", push: [body] }] });
    expect([...push({ branch: "^main$" }), ...push({ tag: ".*" })]).toEqual([]);
    expect([...push({ branch: "*" }), ...push({ tag: "+" })]).toHaveLength(2);
  });

  test("names of queues, addresses of peers, ranges of App Engine, backups of Spanner", () => {
    const queue = (name: string) => said("capacity/task-queue", "google_cloud_tasks_queue", { name });
    expect(queue("send-Mails-2")).toEqual([]);
    expect(queue("send_mails")).toHaveLength(1);
    const peer = (ip_address: string) =>
      said("reachability/hybrid-shape", "google_compute_external_vpn_gateway", {
        redundancy_type: "SINGLE_IP_INTERNALLY_REDUNDANT",
        interface: [{ id: 0, ip_address }],
      });
    expect([...peer("203.0.113.7"), ...peer("${var.peer}")]).toEqual([]);
    expect(peer("203.0.113.270")).toHaveLength(1);
    const firewall = (source_range: string) =>
      said("service/app-engine", "google_app_engine_firewall_rule", { source_range });
    expect([...firewall("*"), ...firewall("10.0.0.0/8"), ...firewall("2001:db8::/32")]).toEqual([]);
    expect(firewall("10.0.0.0/33")).toHaveLength(1);
    const backups = (text: string) =>
      said("time/spanner-backups", "google_spanner_backup_schedule", { spec: [{ cron_spec: [{ text }] }] });
    expect([...backups("0 3 * * *"), ...backups("0 2/12 * * SUN")]).toEqual([]);
    expect(backups("daily")).toHaveLength(1);
  });

  test("databases are created on the primary", () => {
    const database = (instance: string) =>
      check(ruleById("data/sql-create"), {
        google_sql_database_instance: {
          main: { name: "main", database_version: "MYSQL_8_0" },
          copy: { name: "copy", database_version: "MYSQL_8_0", master_instance_name: "main" },
        },
        google_sql_database: {
          d: { name: "d", instance: `\${google_sql_database_instance.${instance}.name}` },
        },
      });
    expect(database("main")).toEqual([]);
    expect(database("copy")).toMatchObject([{ severity: "error" }]);
  });

  test.each([
    ["google_composer_environment", "etl-main", "etl_main"],
    ["google_dataflow_job", "word-count", "WordCount"],
    ["google_dataflow_flex_template_job", "word-count", "WordCount"],
    ["google_workflows_workflow", "Sync_v2", "sync.v2"],
    ["google_eventarc_trigger", "on-upload", "On_Upload"],
    ["google_cloud_scheduler_job", "Nightly_1", "nightly job"],
    ["google_cloudbuild_trigger", "Deploy-shop", "deploy_shop"],
    ["google_container_node_pool", "main", "Main"],
    ["google_bigtable_instance", "telemetry", "tele"],
    ["google_kms_key_ring", "Ring_1", "ring/1"],
    ["google_kms_crypto_key", "key-1", "key.1"],
  ])("names of %s", (type, right, wrong) => {
    expect(said("service/resource-name", type, { name: right })).toEqual([]);
    expect(said("service/resource-name", type, { name: "${var.name}-1" })).toEqual([]);
    expect(said("service/resource-name", type, { name: wrong })).toHaveLength(1);
  });

  test("locations of buckets and repositories, change streams, keys, and what follows no cookie", () => {
    const bucket = (location: string) =>
      said("data/storage-class", "google_storage_bucket", { name: "acme-orders", location });
    for (const right of ["EU", "us", "EUR4", "EUROPE-WEST1", "us-central1-a"])
      expect(bucket(right)).toEqual([]);
    expect(bucket("EUROPE")).toHaveLength(1);
    const repository = (location: string) =>
      said("service/repository-mode", "google_artifact_registry_repository", { format: "DOCKER", location });
    expect([...repository("europe"), ...repository("us-east1")]).toEqual([]);
    expect(repository("eu")).toHaveLength(1);
    const table = (change_stream_retention: string) =>
      said("data/bigtable-shape", "google_bigtable_table", { change_stream_retention });
    expect([...table("24h"), ...table("168h"), ...table("7d"), ...table("0")]).toEqual([]);
    expect([...table("23h"), ...table("720h0m0s")]).toHaveLength(2);
    const key = (service_account_id: string) =>
      said("identity/account-id", "google_service_account_key", { service_account_id });
    expect(key("ci@acme.iam.gserviceaccount.com")).toEqual([]);
    expect(key("projects/acme/serviceAccounts/ci@acme.iam.gserviceaccount.com")).toEqual([]);
    expect(key("ci-deployer")).toHaveLength(1);
    const affinity = (session_affinity: string, load_balancing_scheme = "INTERNAL") =>
      said("edge/backend-service", "google_compute_region_backend_service", {
        name: "b",
        protocol: "TCP",
        load_balancing_scheme,
        session_affinity,
        health_checks: ["h"],
        backend: [{ group: "g", balancing_mode: "CONNECTION" }],
      });
    expect([...affinity("CLIENT_IP"), ...affinity("NONE")]).toEqual([]);
    expect(affinity("GENERATED_COOKIE")[0]).toContain("reads neither cookies nor headers");
  });
});
