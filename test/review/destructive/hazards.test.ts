import { describe, expect, test } from "@jest/globals";
import type { Json } from "../../support/synthesized.ts";
import { change, changeAt, open, planOf, reviewOf } from "../support.ts";

const sql = (settings: Json): Json => ({ name: "d", settings: [settings] });
const ip = (configuration: Json): Json => sql({ ip_configuration: [configuration] });
const service = (template: Json): Json => ({ name: "s", template: [template] });
const firewall = (more: Json): Json => ({
  name: "f",
  source_ranges: ["10.0.0.0/8"],
  allow: [{ protocol: "tcp", ports: ["443"] }],
  ...more,
});
const bucket = (type: string, age: number): Json => ({
  name: "b",
  lifecycle_rule: [{ action: [{ type }], condition: [{ age }] }],
});
const deleting = (...conditions: Json[]): Json => ({
  name: "b",
  lifecycle_rule: conditions.map((condition) => ({ action: [{ type: "Delete" }], condition: [condition] })),
});
const ways = (...values: string[]): Json => values.map((value) => ({ name: value, value }));

const SQL = "google_sql_database_instance";
const RUN = "google_cloud_run_v2_service";
const VALKEY = "google_memorystore_instance";
const FIREWALL = "google_compute_firewall";
const SECRET = "google_secret_manager_secret";

/** Title, type, before, after, what is told. */
type Case = readonly [string, string, Json, Json, string];

const destructive: readonly Case[] = [
  [
    "shards of Valkey",
    VALKEY,
    { instance_id: "v", shard_count: 3 },
    { instance_id: "v", shard_count: 2 },
    "shrinks from 3 to 2 shards",
  ],
  [
    "nodes of Valkey without a replica",
    VALKEY,
    { instance_id: "v", node_type: "STANDARD_SMALL", replica_count: 0 },
    { instance_id: "v", node_type: "HIGHMEM_MEDIUM", replica_count: 0 },
    "may EMPTY it",
  ],
  [
    "the last replica of Valkey",
    VALKEY,
    { instance_id: "v", replica_count: 1 },
    { instance_id: "v", replica_count: 0 },
    "loses its replicas",
  ],
  [
    "eviction of Valkey",
    VALKEY,
    { instance_id: "v", engine_configs: { "maxmemory-policy": "noeviction" } },
    { instance_id: "v", engine_configs: { "maxmemory-policy": "allkeys-lru" } },
    "EVICTS keys",
  ],
  [
    "a network that may connect",
    SQL,
    ip({ authorized_networks: ways("1.2.3.4", "5.6.7.8") }),
    ip({ authorized_networks: ways("1.2.3.4") }),
    "5.6.7.8 may no longer connect",
  ],
  [
    "TLS demanded",
    SQL,
    ip({ ssl_mode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }),
    ip({ ssl_mode: "ENCRYPTED_ONLY" }),
    "clients that do not comply are rejected",
  ],
  [
    "TLS given up",
    SQL,
    ip({ ssl_mode: "ENCRYPTED_ONLY" }),
    ip({ ssl_mode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }),
    "may travel unencrypted",
  ],
  [
    "another network",
    SQL,
    ip({ private_network: "projects/p/global/networks/a" }),
    ip({ private_network: "projects/p/global/networks/b" }),
    "loses its private address",
  ],
  [
    "connectors enforced",
    SQL,
    sql({ connector_enforcement: "NOT_REQUIRED" }),
    sql({ connector_enforcement: "REQUIRED" }),
    "without the Auth Proxy",
  ],
  [
    "IAM login off",
    SQL,
    sql({ database_flags: [{ name: "cloudsql.iam_authentication", value: "on" }] }),
    sql({ database_flags: [{ name: "cloudsql.iam_authentication", value: "off" }] }),
    "IAM logins are rejected",
  ],
  [
    "root password",
    SQL,
    { name: "d", root_password: "old-password-1" },
    { name: "d", root_password: "new-password-2" },
    "the root password changes",
  ],
  [
    "the disk no longer grows",
    SQL,
    sql({ disk_autoresize: true }),
    sql({ disk_autoresize: false }),
    "autoresize is switched off",
  ],
  [
    "the disk is limited",
    SQL,
    sql({ disk_autoresize_limit: 0 }),
    sql({ disk_autoresize_limit: 50 }),
    "autoresize stops at 50 GB",
  ],
  [
    "the disk shrinks",
    SQL,
    sql({ disk_size: 100 }),
    sql({ disk_size: 50 }),
    "the disk shrinks (100 to 50 GB)",
  ],
  [
    "a replica promoted",
    SQL,
    { name: "d", instance_type: "READ_REPLICA_INSTANCE" },
    { name: "d", instance_type: "CLOUD_SQL_INSTANCE" },
    "is PROMOTED",
  ],
  [
    "ingress narrowed",
    RUN,
    { name: "s", ingress: "INGRESS_TRAFFIC_ALL" },
    { name: "s", ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" },
    "accepts fewer callers",
  ],
  [
    "ingress opened",
    RUN,
    { name: "s", ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" },
    { name: "s", ingress: "INGRESS_TRAFFIC_ALL" },
    "is opened to the internet",
  ],
  [
    "no run.app address",
    RUN,
    { name: "s", default_uri_disabled: false },
    { name: "s", default_uri_disabled: true },
    "loses its run.app URL",
  ],
  [
    "no check of the invoker",
    RUN,
    { name: "s", invoker_iam_disabled: false },
    { name: "s", invoker_iam_disabled: true },
    "no longer authenticates callers",
  ],
  [
    "no Identity-Aware Proxy",
    RUN,
    { name: "s", iap_enabled: true },
    { name: "s", iap_enabled: false },
    "no longer authenticates callers",
  ],
  [
    "out of the VPC",
    RUN,
    service({ vpc_access: [{ connector: "c" }] }),
    service({ vpc_access: [] }),
    "leaves the VPC",
  ],
  [
    "another way out",
    RUN,
    service({ vpc_access: [{ connector: "c", egress: "ALL_TRAFFIC" }] }),
    service({ vpc_access: [{ connector: "c", egress: "PRIVATE_RANGES_ONLY" }] }),
    "no longer sends internet traffic through the VPC",
  ],
  [
    "a source range",
    FIREWALL,
    firewall({ source_ranges: ["10.0.0.0/8", "172.16.0.0/12"] }),
    firewall({}),
    "no longer allows 172.16.0.0/12",
  ],
  [
    "a port",
    FIREWALL,
    firewall({ allow: [{ protocol: "tcp", ports: ["80", "443"] }] }),
    firewall({}),
    "no longer allows tcp 80",
  ],
  [
    "a protocol",
    FIREWALL,
    firewall({
      allow: [
        { protocol: "icmp", ports: [] },
        { protocol: "tcp", ports: ["443"] },
      ],
    }),
    firewall({}),
    "no longer allows icmp",
  ],
  [
    "a tag of a denial",
    FIREWALL,
    { name: "f", deny: [{ protocol: "all" }], target_tags: ["a", "b"] },
    { name: "f", deny: [{ protocol: "all" }], target_tags: ["a"] },
    "no longer denies b: that is let through",
  ],
  [
    "Private Google Access",
    "google_compute_subnetwork",
    { name: "s", private_ip_google_access: true },
    { name: "s", private_ip_google_access: false },
    "loses Private Google Access",
  ],
  [
    "a network of a private zone",
    "google_dns_managed_zone",
    {
      name: "z",
      private_visibility_config: [{ networks: [{ network_url: "x/a" }, { network_url: "x/b" }] }],
    },
    { name: "z", private_visibility_config: [{ networks: [{ network_url: "x/b" }] }] },
    "is no longer visible in a",
  ],
  [
    "DNSSEC",
    "google_dns_managed_zone",
    { name: "z", dnssec_config: [{ state: "on" }] },
    { name: "z", dnssec_config: [{ state: "off" }] },
    "loses its protection (dnssec_config.state)",
  ],
  [
    "a lifecycle rule that deletes earlier",
    "google_storage_bucket",
    bucket("Delete", 365),
    bucket("Delete", 1),
    "DELETES objects",
  ],
  [
    "a lifecycle rule that deletes as late, but not what it did",
    "google_storage_bucket",
    deleting({ age: 30, with_state: "ARCHIVED" }),
    deleting({ age: 30, with_state: "ANY" }),
    "DELETES objects",
  ],
  [
    "a lifecycle rule that no longer waits",
    "google_storage_bucket",
    deleting({ age: 30, num_newer_versions: 3 }),
    deleting({ age: 30 }),
    "DELETES objects",
  ],
  [
    "a lifecycle rule that deletes instead",
    "google_storage_bucket",
    bucket("SetStorageClass", 1),
    bucket("Delete", 1),
    "DELETES objects",
  ],
  [
    "a secret with an end",
    SECRET,
    { secret_id: "s" },
    { secret_id: "s", ttl: "3600s" },
    "Google DELETES secret s",
  ],
  [
    "a secret with an earlier end",
    SECRET,
    { secret_id: "s", expire_time: "2027-01-01T00:00:00Z" },
    { secret_id: "s", expire_time: "2026-12-01T00:00:00Z" },
    "Google DELETES secret s",
  ],
  [
    "versions destroyed at once",
    SECRET,
    { secret_id: "s", version_destroy_ttl: "86400s" },
    { secret_id: "s", version_destroy_ttl: "" },
    "for a shorter time (version_destroy_ttl 86400s to not set)",
  ],
  [
    "an alias moved",
    SECRET,
    { secret_id: "s", version_aliases: { live: "3" } },
    { secret_id: "s", version_aliases: { live: "4" } },
    "moves the alias live",
  ],
  [
    "messages kept for a shorter time",
    "google_pubsub_subscription",
    { name: "p", message_retention_duration: "604800s" },
    { name: "p", message_retention_duration: "600s" },
    "for a shorter time",
  ],
  [
    "tables that expire",
    "google_bigquery_dataset",
    { dataset_id: "d" },
    { dataset_id: "d", default_table_expiration_ms: 3600000 },
    "Google DELETES",
  ],
  [
    "images cleaned up",
    "google_artifact_registry_repository",
    { repository_id: "r", cleanup_policies: [{ id: "x", action: "DELETE" }], cleanup_policy_dry_run: true },
    { repository_id: "r", cleanup_policies: [{ id: "x", action: "DELETE" }], cleanup_policy_dry_run: false },
    "starts to DELETE images",
  ],
  [
    "a key version destroyed",
    "google_kms_crypto_key_version",
    { id: "k", state: "ENABLED" },
    { id: "k", state: "DESTROYED" },
    "goes from ENABLED to DESTROYED",
  ],
  [
    "fewer shards",
    "google_redis_cluster",
    { name: "r", shard_count: 3 },
    { name: "r", shard_count: 1 },
    "gets smaller (shard_count 3 to 1)",
  ],
  [
    "protection by a word",
    "google_firestore_database",
    { name: "f", delete_protection_state: "DELETE_PROTECTION_ENABLED" },
    { name: "f", delete_protection_state: "DELETE_PROTECTION_DISABLED" },
    "loses its protection (delete_protection_state)",
  ],
  [
    "kept on destroy",
    "google_sql_database",
    { name: "d", deletion_policy: "ABANDON" },
    { name: "d", deletion_policy: "DELETE" },
    "loses its protection (deletion_policy)",
  ],
  [
    "an API disabled on destroy",
    "google_project_service",
    { service: "s", disable_on_destroy: false },
    { service: "s", disable_on_destroy: true },
    "loses its protection (disable_on_destroy)",
  ],
  [
    "a permission of a role",
    "google_project_iam_custom_role",
    { role_id: "r", permissions: ["a.b", "c.d"] },
    { role_id: "r", permissions: ["a.b"] },
    "loses c.d",
  ],
  [
    "who may sign in",
    "google_iam_workload_identity_pool_provider",
    { attribute_condition: "a == b" },
    { attribute_condition: "" },
    "admits other identities than before (attribute_condition)",
  ],
  [
    "an alert off",
    "google_monitoring_alert_policy",
    { display_name: "a", enabled: true },
    { display_name: "a", enabled: false },
    "nobody is alerted",
  ],
  [
    "a channel of an alert",
    "google_monitoring_alert_policy",
    { display_name: "a", notification_channels: ["x", "y"] },
    { display_name: "a", notification_channels: ["x"] },
    "notifies 1 channel less",
  ],
  [
    "a schedule paused",
    "google_cloud_scheduler_job",
    { name: "j", paused: false },
    { name: "j", paused: true },
    "is PAUSED",
  ],
  [
    "no billing",
    "google_project",
    { project_id: "p", billing_account: "x" },
    { project_id: "p", billing_account: "" },
    "changes its billing account",
  ],
  [
    "an Armor rule that allows",
    "google_compute_security_policy_rule",
    { priority: 1, action: "deny(403)" },
    { priority: 1, action: "allow" },
    "no longer blocks",
  ],
  [
    "an Armor rule that only watches",
    "google_compute_security_policy_rule",
    { priority: 1, action: "deny(403)", preview: false },
    { priority: 1, action: "deny(403)", preview: true },
    "no longer blocks",
  ],
  [
    "a rule within an Armor policy",
    "google_compute_security_policy",
    {
      name: "p",
      rule: [
        { priority: 1, action: "deny(403)" },
        { priority: 2147483647, action: "allow" },
      ],
    },
    { name: "p", rule: [{ priority: 2147483647, action: "allow" }] },
    "loses the rule 1",
  ],
  [
    "the last group of a backend",
    "google_compute_backend_service",
    { name: "b", backend: [{ group: "x/g" }] },
    { name: "b", backend: [] },
    "loses g: all its requests fail",
  ],
  [
    "another URL map",
    "google_compute_target_https_proxy",
    { name: "p", url_map: "x/a" },
    { name: "p", url_map: "x/b" },
    "points to another url map (a to b)",
  ],
  [
    "an SSL policy",
    "google_compute_target_https_proxy",
    { name: "p", ssl_policy: "x" },
    { name: "p", ssl_policy: "" },
    "loses its protection (ssl_policy)",
  ],
];

const harmless: readonly (readonly [string, string, Json, Json])[] = [
  [
    "the group as a self link",
    "google_compute_backend_service",
    { name: "b", backend: [{ group: "projects/p/g" }] },
    { name: "b", backend: [{ group: "https://www.googleapis.com/compute/v1/projects/p/g" }] },
  ],
  [
    "the target as a self link",
    "google_compute_global_forwarding_rule",
    { name: "r", target: "https://compute.googleapis.com/compute/v1/projects/p/t" },
    { name: "r", target: "projects/p/t" },
  ],
  [
    "a network more",
    SQL,
    ip({ authorized_networks: ways("1.2.3.4") }),
    ip({ authorized_networks: ways("1.2.3.4", "5.6.7.8") }),
  ],
  [
    "the network as a self link",
    SQL,
    ip({ private_network: "projects/p/global/networks/a" }),
    ip({ private_network: "https://www.googleapis.com/compute/v1/projects/p/global/networks/a" }),
  ],
  [
    "ingress from the load balancer too",
    RUN,
    { name: "s", ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" },
    { name: "s", ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" },
  ],
  [
    "into the VPC by another way",
    RUN,
    service({ vpc_access: [{ connector: "c" }] }),
    service({ vpc_access: [{ network_interfaces: [{ subnetwork: "s" }] }] }),
  ],
  ["a wider source range", FIREWALL, firewall({ source_ranges: ["10.1.0.0/16"] }), firewall({})],
  [
    "a span that holds the port",
    FIREWALL,
    firewall({}),
    firewall({ allow: [{ protocol: "tcp", ports: ["400-500"] }] }),
  ],
  ["all ports", FIREWALL, firewall({}), firewall({ allow: [{ protocol: "all", ports: [] }] })],
  ["a secret that lives longer", SECRET, { secret_id: "s", ttl: "3600s" }, { secret_id: "s", ttl: "7200s" }],
  ["a secret without an end", SECRET, { secret_id: "s", ttl: "3600s" }, { secret_id: "s" }],
  [
    "an alias more",
    SECRET,
    { secret_id: "s", version_aliases: { a: "1" } },
    { secret_id: "s", version_aliases: { a: "1", b: "2" } },
  ],
  [
    "a lifecycle rule that deletes later",
    "google_storage_bucket",
    bucket("Delete", 90),
    bucket("Delete", 180),
  ],
  [
    "a lifecycle rule that deletes what another one did",
    "google_storage_bucket",
    deleting({ age: 30, with_state: "ANY" }, { num_newer_versions: 3, with_state: "ARCHIVED" }),
    deleting({ num_newer_versions: 5, with_state: "ARCHIVED" }),
  ],
  [
    "a lifecycle rule that moves",
    "google_storage_bucket",
    bucket("SetStorageClass", 10),
    bucket("SetStorageClass", 5),
  ],
  [
    "a cleanup that only looks",
    "google_artifact_registry_repository",
    { repository_id: "r", cleanup_policies: [{ id: "y", action: "KEEP" }] },
    {
      repository_id: "r",
      cleanup_policies: [
        { id: "y", action: "KEEP" },
        { id: "x", action: "DELETE" },
      ],
      cleanup_policy_dry_run: true,
    },
  ],
  [
    "a channel more",
    "google_monitoring_alert_policy",
    { display_name: "a", notification_channels: ["x"] },
    { display_name: "a", notification_channels: ["x", "y"] },
  ],
  [
    "an Armor rule that refuses otherwise",
    "google_compute_security_policy_rule",
    { priority: 1, action: "deny(403)" },
    { priority: 1, action: "deny(404)" },
  ],
  [
    "PREVENT for ABANDON",
    "google_project",
    { project_id: "p", deletion_policy: "ABANDON" },
    { project_id: "p", deletion_policy: "PREVENT" },
  ],
];

describe("what Terraform calls an update", () => {
  test.each(destructive)("%s needs an acknowledgement", (_, type, before, after, sentence) => {
    const review = reviewOf({ dev: planOf(change(type, before, after)) });
    expect(open(review)).toEqual([`update ${type}.it`]);
    expect(changeAt(review, `${type}.it`).impact.join(" ")).toContain(sentence);
  });

  test.each(harmless)("%s needs none", (_, type, before, after) => {
    const review = reviewOf({ dev: planOf(change(type, before, after)) });
    expect(open(review)).toEqual([]);
    expect(changeAt(review, `${type}.it`).impact.length).toBeGreaterThan(0);
  });

  test("a connector that shrinks in place, whatever the plan makes of it", () => {
    const size = (max: number) => ({
      name: "c",
      min_instances: 2,
      max_instances: max,
      machine_type: "e2-micro",
    });
    const review = reviewOf({ dev: planOf(change("google_vpc_access_connector", size(10), size(8))) });
    expect(open(review)).toEqual(["update google_vpc_access_connector.it"]);
    const messages = changeAt(review, "google_vpc_access_connector.it").impact.join(" ");
    expect(messages).toContain("would SHRINK (max_instances 10 to 8)");
    expect(messages).not.toContain("grows");
  });

  test("what is known only after the apply is not called gone", () => {
    const unknown = change(RUN, service({ vpc_access: [{ connector: "c" }] }), service({}), {
      change: { after_unknown: { template: [{ vpc_access: true }] } },
    });
    expect(open(reviewOf({ dev: planOf(unknown) }))).toEqual([]);
  });
});
