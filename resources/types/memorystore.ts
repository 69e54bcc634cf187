import { custom, duration, forbidden, form, range, required } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import { memorystoreLimits as limits } from "../limits.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";
import { commonConfigs } from "./redis-instance/configs.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "all data in it are lost",
  holdsData: true,
};

const RULE = { id: "data/memorystore-shape", source: limits.shardsHigh.source } as const;

/** Seconds. */
const DAY = 86_400;

/** Of the cluster types of Memorystore, whose nodes are shards with replicas. */
const shards: FieldRule = {
  ...RULE,
  constraints: [
    range("shard_count", { low: 1, high: limits.shardsHigh, step: 1 }),
    range("replica_count", { low: 0, high: limits.replicasHigh, step: 1 }),
    duration("automated_backup_config.retention", {
      low: DAY,
      high: 365 * DAY,
      source: "https://docs.cloud.google.com/memorystore/docs/valkey/manage-backups",
    }),
    required(["zone_distribution_config.zone"], {
      when: { "zone_distribution_config.mode": ["SINGLE_ZONE"] },
      because: "a single zone must be named",
      fix: 'Set zone_distribution_config.zone, for example "europe-west1-b".',
    }),
    forbidden(["zone_distribution_config.zone"], {
      when: { "zone_distribution_config.mode": ["MULTI_ZONE"] },
      because: "with MULTI_ZONE the nodes are spread over all zones of the region",
      fix: "Remove zone_distribution_config.zone.",
    }),
    ...["rdb_config", "aof_config"].map((block) =>
      forbidden([`persistence_config.${block}`], {
        when: {
          "persistence_config.mode": ["DISABLED", block === "rdb_config" ? "AOF" : "RDB"],
        },
        because: "its settings belong to another mode of persistence",
        fix: `Remove ${block}, or set mode = "${block === "rdb_config" ? "RDB" : "AOF"}".`,
      }),
    ),
  ],
};

/** Settings of the engine: of the values that both engines have, and names as Redis spells them. */
function engineConfigs(attribute: string): FieldRule {
  return {
    id: "data/redis-configs",
    source: "https://docs.cloud.google.com/memorystore/docs/cluster/supported-instance-configurations",
    constraints: [
      ...commonConfigs(attribute),
      custom(`${attribute}: names with hyphens`, function* (instance) {
        const written = instance.isUnknown(attribute) ? undefined : instance.get(attribute);
        for (const name of Object.keys(written ?? {}))
          if (name.includes("_"))
            yield {
              found: `${attribute}.${name} is set`,
              because: "no setting has an underscore",
              fix: `Write ${name.replaceAll("_", "-")}.`,
            };
      }),
    ],
  };
}

const nameForm = (shortest: number) =>
  `${shortest} to ${limits.nameLength.value} lowercase letters, digits and hyphens, a letter first and no hyphen last`;
const NAME = {
  form: nameForm(4),
  examples: ["cache"] as const,
  longest: limits.nameLength,
};
const NAME_PATTERN = /^[a-z][a-z0-9-]{2,61}[a-z0-9]$/;

/** The API of Redis Cluster takes shorter names than that of Valkey. */
const CLUSTER_NAME = { ...NAME, form: nameForm(1) };
const CLUSTER_NAME_PATTERN = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Memorystore for Redis Cluster, for Valkey and for Memcached. */
export const memorystore: readonly ResourceType[] = [
  {
    type: "google_redis_cluster",
    label: "Redis",
    collection: "clusters",
    externalKind: "redis",
    references: { "psc_configs.network": ["google_compute_network"] },
    server: {
      kind: "redis",
      address: /^(discovery_endpoints|psc_connections)/,
      port: limits.port.value,
      network: ["psc_configs.network"],
      serviceClass: "gcp-memorystore-redis",
    },
    deleteImpact,
    fieldRules: [
      fullNames(
        "https://docs.cloud.google.com/memorystore/docs/cluster/reference/rest/v1/projects.locations.clusters",
        [fullNameForm("network", "projects/PROJECT/global/networks/NAME", { within: "psc_configs[]" })],
      ),
      engineConfigs("redis_configs"),
      {
        ...RULE,
        source: "https://docs.cloud.google.com/memorystore/docs/cluster/about-cross-region-replication",
        constraints: [
          required(["cross_cluster_replication_config.primary_cluster"], {
            when: { "cross_cluster_replication_config.cluster_role": ["SECONDARY"] },
            because: "a secondary cluster copies a primary one",
            fix: "Set primary_cluster { cluster = google_redis_cluster.primary.id }.",
          }),
        ],
      },
      {
        ...shards,
        why: "The API rejects sizes and combinations of Memorystore clusters that the provider lets pass.",
        constraints: [
          ...shards.constraints,
          form("name", CLUSTER_NAME_PATTERN, {
            ...CLUSTER_NAME,
            source:
              "https://docs.cloud.google.com/dotnet/docs/reference/Google.Cloud.Redis.Cluster.V1/latest/Google.Cloud.Redis.Cluster.V1.CreateClusterRequest",
          }),
        ],
      },
    ],
  },
  {
    type: "google_memorystore_instance",
    label: "Valkey",
    nameAttribute: "instance_id",
    nameScope: "region",
    importId: "projects/{project}/locations/{region}/instances/{name}",
    requiredRole: "roles/memorystore.admin",
    environmentKeys: {
      engine_version: "cache.version",
      node_type: "cache.nodeType",
      shard_count: "cache.shards",
      mode: "cache.shards",
      replica_count: "cache.replicas",
      transit_encryption_mode: "cache.tls",
      authorization_mode: "cache.auth",
      "engine_configs.maxmemory-policy": "cache.evictionPolicy",
      deletion_protection_enabled: "cache.deletionProtection",
      "maintenance_policy.weekly_maintenance_window.day": "cache.maintenance.day",
      "maintenance_policy.weekly_maintenance_window.start_time": "cache.maintenance.hour",
    },
    collection: "instances",
    references: {
      "desired_psc_auto_connections.network": ["google_compute_network"],
      "desired_auto_created_endpoints.network": ["google_compute_network"],
    },
    server: {
      kind: "redis",
      address: /^(discovery_endpoints|psc_auto_connections|endpoints)/,
      port: limits.port.value,
      network: ["desired_psc_auto_connections.network", "desired_auto_created_endpoints.network"],
      serviceClass: "gcp-memorystore",
    },
    deleteImpact,
    fieldRules: [
      fullNames(
        "https://docs.cloud.google.com/memorystore/docs/valkey/reference/rest/v1/projects.locations.instances",
        ["desired_psc_auto_connections[]", "desired_auto_created_endpoints[]"].map((within) =>
          fullNameForm("network", "projects/PROJECT/global/networks/NAME", { within }),
        ),
      ),
      engineConfigs("engine_configs"),
      {
        ...shards,
        constraints: [
          ...shards.constraints,
          form("instance_id", NAME_PATTERN, NAME),
          ...["authorization_mode", "transit_encryption_mode"].map((attribute) =>
            form(attribute, /^(?!AUTH_MODE_|TRANSIT_ENCRYPTION_MODE_)[A-Z_]+$/, {
              form: "a word without the prefix that Redis Cluster has",
              examples: [attribute === "authorization_mode" ? "IAM_AUTH" : "SERVER_AUTHENTICATION"],
              source:
                "https://docs.cloud.google.com/memorystore/docs/valkey/reference/rest/v1/projects.locations.instances",
            }),
          ),
          form("engine_version", /^VALKEY_\d+_\d+$/, {
            form: "VALKEY_ and its version",
            examples: ["VALKEY_8_0"],
          }),
          range("shard_count", {
            high: 1,
            when: { mode: ["CLUSTER_DISABLED"] },
            because: "without cluster mode there is one shard",
            fix: 'Set shard_count = 1, or mode = "CLUSTER".',
          }),
        ],
      },
    ],
  },
  {
    type: "google_memcache_instance",
    label: "Memcached",
    references: { authorized_network: ["google_compute_network"] },
    server: {
      kind: "redis",
      address: /^(discovery_endpoint|memcache_nodes)/,
      network: ["authorized_network"],
      networkByDefault: true,
      privateServices: {},
    },
    deleteImpact,
    fieldRules: [
      {
        ...RULE,
        constraints: [
          range("node_count", { low: 1, high: limits.memcacheNodesHigh, step: 1 }),
          range("node_config.cpu_count", { low: 1, high: limits.memcacheCpusHigh, step: 1 }),
          range("node_config.memory_size_mb", {
            low: limits.memcacheMemoryLow,
            high: limits.memcacheMemoryHigh,
          }),
        ],
      },
    ],
  },
  {
    type: "google_network_connectivity_service_connection_policy",
    label: "service connection policy",
    nameScope: "region",
    importId: "projects/{project}/locations/{region}/serviceConnectionPolicies/{name}",
    requiredRole: "roles/networkconnectivity.consumerNetworkAdmin",
    environmentKeys: { "psc_config.subnetworks": "network.addresses.privateServiceConnect" },
    references: {
      network: ["google_compute_network"],
      "psc_config.subnetworks": ["google_compute_subnetwork"],
    },
  },
];
