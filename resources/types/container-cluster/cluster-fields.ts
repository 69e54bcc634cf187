import { parseRange } from "../../../values/ranges.ts";
import type { Attributes } from "../../attributes.ts";
import {
  anything,
  type Constraint,
  conflict,
  custom,
  form,
  range,
  required,
} from "../../constraints/index.ts";

const ALIASES = "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/alias-ips";
const WINDOWS =
  "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions";

/** Days of an exclusion of all upgrades, at most. */
const LONGEST_FREEZE = 90;
/** Milliseconds. */
const DAY = 86_400_000;

const ROUTES = { networking_mode: ["ROUTES"] } as const;
const vpcNative = {
  because: "it needs a VPC-native cluster",
  fix: 'Set networking_mode = "VPC_NATIVE" and ip_allocation_policy {}.',
  source: ALIASES,
} as const;

function* wrongExclusion(exclusion: Attributes) {
  const [start, end] = ["start_time", "end_time"].map((time) => exclusion.string(time));
  const days = (Date.parse(end ?? "") - Date.parse(start ?? "")) / DAY;
  if (Number.isNaN(days)) return;
  if (days <= 0)
    yield {
      found: `maintenance_exclusion is from ${start} to ${end}`,
      because: "it ends after it starts",
      fix: "Let end_time be after start_time.",
    };
  const scope = exclusion.get("exclusion_options.scope");
  if (days > LONGEST_FREEZE && (scope === undefined || scope === "NO_UPGRADES"))
    yield {
      found: `maintenance_exclusion is from ${start} to ${end} with scope "NO_UPGRADES"`,
      because: `all upgrades stop for ${LONGEST_FREEZE} days at most`,
      fix: 'Shorten it, or set scope = "NO_MINOR_UPGRADES".',
    };
}

/** Nodes that Google adds need a bound of both. */
function* unboundedProvisioning(cluster: Attributes) {
  const path = "cluster_autoscaling.resource_limits";
  if (cluster.boolean("cluster_autoscaling.enabled") !== true) return;
  if (cluster.boolean("enable_autopilot") === true) return;
  const limits = cluster.blocks(path);
  if (limits.length !== (cluster.entries(path) ?? 0)) return;
  const types = limits.map((limit) => limit.string("resource_type"));
  const missing = types.includes(undefined) ? [] : ["cpu", "memory"].filter((type) => !types.includes(type));
  if (missing.length > 0)
    yield {
      found: `cluster_autoscaling has no resource_limits for ${missing.join(" and ")}`,
      because: "nodes are provisioned up to a number of CPUs and an amount of memory",
      fix: `Add resource_limits { resource_type = "${missing[0]}", maximum = 64 }.`,
      source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/node-auto-provisioning",
    };
}

/** What the API compares in a cluster as a whole. */
export const clusterFields: readonly Constraint[] = [
  required(["dns_config.cluster_dns_domain"], {
    when: { "dns_config.cluster_dns_scope": ["VPC_SCOPE"] },
    because: "names of several clusters of a network differ by their domain",
    fix: 'Set cluster_dns_domain, for example to "gke.acme.internal".',
    source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cloud-dns",
  }),
  form("resource_usage_export_config.bigquery_destination.dataset_id", /^\w{1,1024}$/, {
    form: "the id of a dataset: letters, digits and underscores",
    examples: ["gke_usage"],
    source: "https://docs.cloud.google.com/bigquery/docs/datasets#dataset-naming",
  }),
  form("min_master_version", /^(?:latest|-|\d+\.(?:\d+\.?)?(?:\d+(?:-gke\.\d+)?)?)$/, {
    form: "a version of Kubernetes without v",
    examples: ["1.31", "1.31.4-gke.1183000"],
    source: "https://docs.cloud.google.com/kubernetes-engine/versioning",
  }),
  conflict({ ...ROUTES, default_max_pods_per_node: [anything] }, vpcNative),
  conflict({ ...ROUTES, "private_cluster_config.enable_private_nodes": [true] }, vpcNative),
  conflict(
    { enable_autopilot: [true], "release_channel.channel": ["UNSPECIFIED"] },
    {
      because: "Google upgrades Autopilot clusters by their channel",
      fix: 'Set channel = "REGULAR".',
      source: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/release-channels",
    },
  ),
  custom(
    `maintenance_policy.maintenance_exclusion: forward in time; ${LONGEST_FREEZE} days without upgrades`,
    wrongExclusion,
    {
      within: "maintenance_policy.maintenance_exclusion[]",
      source: WINDOWS,
    },
  ),
  custom("cluster_autoscaling: resource_limits for cpu and memory", unboundedProvisioning),
  required(["database_encryption.key_name"], {
    when: { "database_encryption.state": ["ENCRYPTED"] },
    because: "secrets are encrypted with a key of yours",
    fix: "Set key_name = google_kms_crypto_key.gke.id.",
    source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets",
  }),
  form("authenticator_groups_config.security_group", /^gke-security-groups@/, {
    form: "gke-security-groups@ and your domain",
    examples: ["gke-security-groups@acme.com"],
    source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac",
  }),
  custom(
    "master_authorized_networks_config.cidr_blocks.cidr_block: a range",
    function* (block) {
      const range = block.string("cidr_block") ?? "";
      if (range === "" || range.includes(":") || (range.includes("/") && parseRange(range) !== undefined))
        return;
      yield {
        found: `cidr_block is "${range}"`,
        because: "it is no range in CIDR form",
        fix: 'Write for example "203.0.113.7/32".',
      };
    },
    {
      within: "master_authorized_networks_config.cidr_blocks[]",
      source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks",
    },
  ),
  ...(
    [
      ["logging", "monitoring"],
      ["monitoring", "logging"],
    ] as const
  ).map(([old, other]) =>
    conflict(
      {
        [`${old}_service`]: [`${old}.googleapis.com`],
        [`${other}_service`]: [`${other}.googleapis.com/kubernetes`],
      },
      {
        because: "both are of one generation",
        fix: `Set ${old}_service = "${old}.googleapis.com/kubernetes".`,
        source: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/about-logs",
      },
    ),
  ),
];

/** Machines without confidential computing. https://docs.cloud.google.com/confidential-computing/confidential-vm/docs/supported-configurations */
const NOT_CONFIDENTIAL = [/^e2-/, /^n1-/, /^n2-/, /^f1-/, /^g1-/, /^t2a-/, /^t2d-/, /^c2-/, /^m1-/, /^m2-/];

const WITHOUT_LOCAL_SSD = [/^e2-/, /^t2d-/, /^t2a-/, /^n4-/];

/** Nodes of a pool that an upgrade adds and takes away. */
const MOST_AT_ONCE = 20;

/** What the API compares in the nodes of a pool. */
export const nodeFields: readonly Constraint[] = [
  range("node_config.kubelet_config.pod_pids_limit", {
    low: 1024,
    high: 4_194_304,
    zeroIsUnset: true,
    unit: "processes",
    source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/node-system-config",
  }),
  custom(
    `upgrade_settings: max_surge and max_unavailable ${MOST_AT_ONCE} together at most`,
    function* (pool) {
      const [more = 0, fewer = 0] = ["max_surge", "max_unavailable"].map((end) =>
        pool.number(`upgrade_settings.${end}`),
      );
      if (more + fewer > MOST_AT_ONCE)
        yield {
          found: `max_surge is ${more} and max_unavailable ${fewer}`,
          because: `${MOST_AT_ONCE} nodes at most are upgraded at once`,
          fix: `Set max_surge to ${MOST_AT_ONCE} or less.`,
        };
    },
    {
      source: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies",
    },
  ),
  ...["node_config.local_ssd_count", "node_config.ephemeral_storage_local_ssd_config.local_ssd_count"].map(
    (attribute) =>
      range(attribute, {
        high: 0,
        when: { "node_config.machine_type": WITHOUT_LOCAL_SSD },
        because: "machines of that series have no local SSDs",
        fix: 'Remove it, or set machine_type, for example to "n2-standard-4".',
        source: "https://docs.cloud.google.com/compute/docs/disks/local-ssd",
      }),
  ),
  required(["node_config.reservation_affinity.key", "node_config.reservation_affinity.values"], {
    when: { "node_config.reservation_affinity.consume_reservation_type": ["SPECIFIC_RESERVATION"] },
    because: "a specific reservation is named",
    fix: 'Set key = "compute.googleapis.com/reservation-name" and values to the name.',
    source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/consuming-reservations",
  }),
  custom(
    "node_config.labels: no name of Kubernetes",
    function* (pool) {
      const path = "node_config.labels";
      const labels = pool.isUnknown(path) ? undefined : pool.get(path);
      for (const name of Object.keys(labels ?? {}))
        if (/^(kubernetes|k8s)\.io\//.test(name))
          yield {
            found: `labels has "${name}"`,
            because: "kubernetes.io/ and k8s.io/ are names of Kubernetes",
            fix: "Choose a prefix of your own.",
          };
    },
    { source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/update-existing-nodepools" },
  ),
  conflict(
    { "node_config.confidential_nodes.enabled": [true], "node_config.machine_type": NOT_CONFIDENTIAL },
    {
      because: "machines of that series have no confidential computing",
      fix: 'Set machine_type, for example to "n2d-standard-4".',
      source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/confidential-gke-nodes",
    },
  ),
];
