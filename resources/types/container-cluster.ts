import type { Attributes } from "../attributes.ts";
import { anything, conflict, custom, forbidden, form, order, range, required } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import { gkeLimits as limits } from "../limits.ts";
import { machineTypes } from "../machine-types.ts";
import { lowerCaseName } from "../name-form.ts";
import { regionOfPlace, zoneForm } from "../places.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";
import { clusterFields, nodeFields } from "./container-cluster/cluster-fields.ts";

const RULE = { id: "capacity/gke-shape", source: limits.controlPlanePrefix.source } as const;
const PODS = { low: limits.podsPerNodeLow, high: limits.podsPerNodeHigh, step: 1 } as const;
const AUTOPILOT = { enable_autopilot: [true] } as const;

/** Scopes that the provider writes out. https://docs.cloud.google.com/sdk/gcloud/reference/container/clusters/create */
const SCOPES =
  "bigquery cloud-platform cloud-source-repos cloud-source-repos-ro compute-ro compute-rw datastore gke-default logging logging-write monitoring monitoring-read monitoring-write pubsub service-control service-management sql sql-admin storage-full storage-ro storage-rw taskqueue trace trace-append trace-ro useraccounts-ro useraccounts-rw userinfo-email";

/** Words of node_config that the provider passes on. */
function nodeWords(within: string): FieldRule {
  return {
    ...RULE,
    constraints: [
      form("image_type", /^(?:(?:cos|ubuntu)(?:_containerd)?|windows.*)$/i, {
        within,
        form: "an image of Kubernetes Engine",
        examples: ["COS_CONTAINERD", "UBUNTU_CONTAINERD"],
        source: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/node-images",
      }),
      form("oauth_scopes", new RegExp(`^(?:https://\\S+|${SCOPES.replaceAll(" ", "|")})$`), {
        within,
        form: "the URL of a scope",
        examples: ["https://www.googleapis.com/auth/cloud-platform"],
        source: "https://docs.cloud.google.com/compute/docs/access/service-accounts#accesscopesiam",
      }),
    ],
  };
}

const cluster: FieldRule = {
  ...RULE,
  why: "The provider lets sizes and combinations of Kubernetes Engine pass that the API rejects, some of them after minutes.",
  constraints: [
    custom(
      `private_cluster_config.master_ipv4_cidr_block: a /${limits.controlPlanePrefix.value}`,
      function* (resource) {
        const block = "private_cluster_config.master_ipv4_cidr_block";
        const [, prefix] = /^[\d.]+\/(\d+)$/.exec(resource.string(block) ?? "") ?? [];
        if (prefix !== undefined && Number(prefix) !== limits.controlPlanePrefix.value)
          yield {
            found: `master_ipv4_cidr_block is ${resource.string(block)}`,
            because: `control planes take a /${limits.controlPlanePrefix.value}`,
            fix: `Write a /${limits.controlPlanePrefix.value}, for example "172.16.0.0/${limits.controlPlanePrefix.value}".`,
          };
      },
    ),
    range("default_max_pods_per_node", PODS),
    order("minimum", "maximum", { within: "cluster_autoscaling.resource_limits[]", orEqual: true }),
    form("name", /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
      form: "1 to 40 lowercase letters, digits and hyphens, a letter first and no hyphen last",
      examples: ["main"],
      source:
        "https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters",
    }),
    form("maintenance_policy.daily_maintenance_window.start_time", /^([01]\d|2[0-3]):[0-5]\d$/, {
      form: "HH:MM in UTC",
      examples: ["03:00"],
      source:
        "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions",
    }),
    custom("location of an Autopilot cluster: a region", function* (resource) {
      const location = resource.string("location") ?? "";
      if (resource.boolean("enable_autopilot") === true && zoneForm.test(location))
        yield {
          found: `location is "${location}" with enable_autopilot`,
          because: "Autopilot clusters are regional",
          fix: `Set location = "${location.slice(0, -2)}".`,
        };
    }),
    custom("initial_node_count: 1 or more, where no node_pool has its own", noNodes),
    ...clusterFields,
    conflict(
      { networking_mode: ["ROUTES"], ip_allocation_policy: [anything] },
      {
        because: "a cluster of routes has no secondary ranges",
        fix: 'Set networking_mode = "VPC_NATIVE", or remove ip_allocation_policy.',
      },
    ),
    custom("ip_allocation_policy: two secondary ranges", function* (resource) {
      const [pods, services] = ["cluster", "services"].map((kind) =>
        resource.string(`ip_allocation_policy.${kind}_secondary_range_name`),
      );
      if (pods !== undefined && pods !== "" && pods === services)
        yield {
          found: `services_secondary_range_name is "${services}", as cluster_secondary_range_name`,
          because: "pods and services each have a range of their own",
          fix: "Name another secondary range for services.",
        };
    }),
    conflict(
      { datapath_provider: ["ADVANCED_DATAPATH"], "network_policy.enabled": [true] },
      {
        because: "Dataplane V2 enforces network policies by itself",
        fix: "Remove network_policy.",
        source: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2",
      },
    ),
    custom("node_locations: zones of the region", zonesElsewhere),
    custom("maintenance_policy.recurring_window: 4 hours or longer", shortWindow, {
      source:
        "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions",
    }),
    forbidden(["node_pool", "cluster_autoscaling.enabled", "remove_default_node_pool"], {
      when: AUTOPILOT,
      because: "Autopilot makes the nodes itself",
      fix: "Remove it, or enable_autopilot.",
    }),
    form("workload_identity_config.workload_pool", /^[a-z][a-z0-9-]{4,28}[a-z0-9]\.svc\.id\.goog$/, {
      form: "PROJECT_ID.svc.id.goog",
      examples: ["acme-orders.svc.id.goog"],
    }),
    required(["private_cluster_config.enable_private_nodes"], {
      when: {
        "private_cluster_config.enable_private_endpoint": [true],
        "private_cluster_config.enable_private_nodes": [undefined],
        "private_cluster_config.master_ipv4_cidr_block": [anything],
      },
      severity: "warning",
      because: "a private endpoint goes with private nodes",
      fix: "Set enable_private_nodes = true.",
    }),
  ],
};

function* noNodes(cluster: Attributes) {
  const count = cluster.number("initial_node_count");
  const isWritten = cluster.get("initial_node_count") !== undefined && count !== 0;
  if (isWritten || cluster.get("node_pool") !== undefined) return;
  if (cluster.get("enable_autopilot") !== undefined && cluster.boolean("enable_autopilot") !== false) return;
  yield {
    found: `initial_node_count is ${count ?? "not set"} and there is no node_pool`,
    because: "a cluster is made with one node at least, also where its default pool is removed",
    fix: "Set initial_node_count = 1.",
    outcome: "rejected by the API" as const,
  };
}

/** Disks that are not made for the machines, by series. https://docs.cloud.google.com/compute/docs/disks/hyperdisks */
const ONLY_HYPERDISK = /^(c4|c4a|c4d|n4|n4a|n4d|h4d|x4|a4|a4x)-/;
const NO_HYPERDISK = /^(e2|n1|f1|g1|t2d|t2a|c2|c2d|a2)-/;
/** Accelerators are added to machines of N1; other series that have some have them built in. */
const NO_ACCELERATOR = /^(e2|n2|n2d|t2d|t2a|c2|c2d|c3|c3d|c4|c4a|c4d|n4|m1|m2|m3|h3|f1|g1)-/;

function* wrongMachine(pool: Attributes) {
  const machine = pool.string("machine_type") ?? "";
  const disk = pool.string("disk_type") ?? "";
  if (ONLY_HYPERDISK.test(machine) && disk.startsWith("pd-"))
    yield {
      found: `disk_type is "${disk}" with machine_type "${machine}"`,
      because: "machines of this series have Hyperdisk only",
      fix: 'Set disk_type = "hyperdisk-balanced".',
    };
  if (NO_HYPERDISK.test(machine) && disk === "hyperdisk-balanced")
    yield {
      found: `disk_type is "${disk}" with machine_type "${machine}"`,
      because: "machines of this series have no Hyperdisk Balanced",
      fix: 'Set disk_type = "pd-balanced".',
    };
  const accelerator = pool.blocks("guest_accelerator").find((block) => block.number("count") !== 0);
  if (accelerator !== undefined && NO_ACCELERATOR.test(machine))
    yield {
      found: `guest_accelerator is ${accelerator.string("type") ?? "set"} with machine_type "${machine}"`,
      because: "machines of this series take no accelerator",
      fix: 'Set machine_type to one of N1, for example "n1-standard-4", or to a series with accelerators of its own, for example "g2-standard-8".',
    };
}

/** Milliseconds. */
const SHORTEST_WINDOW = 4 * 60 * 60 * 1000;

function* zonesElsewhere(resource: Attributes) {
  const location = resource.string("location");
  const region = regionOfPlace(location);
  const zones = resource.get("node_locations");
  if (region === undefined || !Array.isArray(zones)) return;
  for (const zone of zones)
    if (typeof zone === "string" && zoneForm.test(zone) && !zone.startsWith(`${region}-`))
      yield {
        found: `node_locations contains "${zone}" and location is ${location}`,
        because: "nodes run in zones of the cluster's region",
        fix: `Name a zone of ${region}, for example "${region}-b".`,
      };
}

function* shortWindow(cluster: Attributes) {
  const window = "maintenance_policy.recurring_window";
  const [start, end] = ["start_time", "end_time"].map((time) => cluster.string(`${window}.${time}`) ?? "");
  const length = Date.parse(end ?? "") - Date.parse(start ?? "");
  if (Number.isNaN(length) || length >= SHORTEST_WINDOW) return;
  yield {
    found: `${window} is from ${start} to ${end}`,
    because: "a window lasts 4 hours at least",
    fix: "Let end_time be 4 hours or more after start_time.",
  };
}

/** Cluster of Kubernetes Engine and its node pools. */
export const containerCluster: readonly ResourceType[] = [
  {
    type: "google_container_cluster",
    label: "cluster",
    references: { network: ["google_compute_network"], subnetwork: ["google_compute_subnetwork"] },
    fieldRules: [
      cluster,
      fullNames(
        "https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters#PubSub",
        [fullNameForm("notification_config.pubsub.topic", "projects/PROJECT/topics/NAME")],
      ),
      nodeWords("node_config"),
      machineTypes("node_config"),
      machineTypes("node_pool[].node_config"),
    ],
  },
  {
    type: "google_container_node_pool",
    label: "node pool",
    references: { cluster: ["google_container_cluster"] },
    fieldRules: [
      lowerCaseName(
        "https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters.nodePools",
        { longest: 40 },
      ),
      machineTypes("node_config"),
      nodeWords("node_config"),
      {
        ...RULE,
        constraints: [
          range("max_pods_per_node", PODS),
          ...nodeFields,
          form("node_config.disk_type", /^(pd|hyperdisk)-/, {
            form: "a type of Persistent Disk or Hyperdisk",
            examples: ["pd-balanced"],
            source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/custom-boot-disks",
          }),
          custom("node_config: disks and accelerators that the machines take", wrongMachine, {
            within: "node_config",
            source: "https://docs.cloud.google.com/compute/docs/machine-resource",
          }),
          conflict(
            { "node_config.spot": [true], "node_config.preemptible": [true] },
            {
              because: "nodes are Spot VMs or preemptible ones",
              fix: "Keep spot = true.",
              source: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/spot-vms",
            },
          ),
          conflict(
            { "upgrade_settings.max_surge": [0], "upgrade_settings.max_unavailable": [0] },
            {
              because: "an upgrade has either more nodes or fewer",
              fix: "Set max_surge to 1.",
              source:
                "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies",
            },
          ),
          custom("node_locations: zones of the region", zonesElsewhere),
          forbidden(["autoscaling.min_node_count", "autoscaling.max_node_count"], {
            when: { "autoscaling.total_max_node_count": [anything] },
            because: "nodes are counted either per zone or in total",
            fix: "Keep total_min_node_count and total_max_node_count.",
          }),
          custom("autoscaling: the minimum is not above the maximum", function* (pool) {
            for (const total of ["", "total_"]) {
              const [low, high] = ["min", "max"].map((end) =>
                pool.number(`autoscaling.${total}${end}_node_count`),
              );
              if (low !== undefined && high !== undefined && low > high)
                yield {
                  found: `${total}min_node_count is ${low} with ${total}max_node_count ${high}`,
                  because: "the minimum is above the maximum",
                  fix: `Set ${total}min_node_count to ${high} or less.`,
                };
            }
          }),
        ],
      },
    ],
  },
];
