import type { Graph, Resource } from "../../graph/index.ts";
import { regionForm, regionOfPlace } from "../../resources/index.ts";
import { gkeLimits } from "../../resources/limits.ts";
import { parseRange } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";

const ALLOCATION = "ip_allocation_policy";
/** Zones over which Kubernetes Engine spreads a regional pool where none are written. */
const ZONES_OF_REGION = 3;

/** The pods of all nodes fit into the secondary range of the subnet. */
export const gkeRanges: Rule = {
  id: "address/gke-ranges",
  why: "Every node takes a range of its own for its pods; where the secondary range is used up, no node is added any more.",
  limit:
    "the subnet is in the region of the cluster; the pods range holds twice max_pods_per_node addresses, rounded up to a power of two, for each node",
  fix: "Add a larger secondary_ip_range to the subnet.",
  source: gkeLimits.podsPerNode.source,
  *check(graph) {
    for (const cluster of graph.all("google_container_cluster")) {
      const target = graph.target(cluster.get("subnetwork"), ["google_compute_subnetwork"], cluster);
      if (target.kind !== "resource") continue;
      yield* otherRegion(graph, cluster, target.resource);
      yield* full(graph, cluster, target.resource);
    }
    for (const pool of graph.all("google_container_node_pool")) yield* ofAutopilot(graph, pool);
  },
};

function* otherRegion(graph: Graph, cluster: Resource, subnet: Resource): Iterable<Violation> {
  const location = cluster.string("location") ?? "";
  const region = regionOfPlace(location);
  const home = graph.region(subnet);
  if (region === undefined || home === undefined || region === home) return;
  yield {
    resource: cluster,
    message: `location is "${location}", and its subnet ${subnet.address} is in ${home}; rejected by the API: a cluster takes a subnet of its own region.`,
    fix: `Name a subnet in ${region}.`,
  };
}

function* full(graph: Graph, cluster: Resource, subnet: Resource): Iterable<Violation> {
  const name = cluster.string(`${ALLOCATION}.cluster_secondary_range_name`);
  const block = subnet.blocks("secondary_ip_range").find((range) => range.string("range_name") === name);
  const pods = parseRange(block?.get("ip_cidr_range"));
  if (name === undefined || pods === undefined || cluster.boolean("enable_autopilot") === true) return;
  const pools = graph.all("google_container_node_pool").filter((pool) => {
    const target = graph.target(pool.get("cluster"), ["google_container_cluster"], pool);
    return target.kind === "resource" && target.resource === cluster;
  });
  const own = pools.filter((pool) => pool.get("network_config.pod_range") === undefined);
  const demands: Demand[] = own.map((pool) => ({
    pool,
    nodes: mostNodes(pool, cluster),
    perNode: addresses(pool, cluster),
  }));
  demands.push(...defaultPool(cluster));
  const needed = demands.reduce((sum, { nodes, perNode }) => sum + (nodes ?? 0) * perNode, 0);
  const size = 2 ** (32 - pods.prefix);
  if (needed <= size) return;
  const text = demands
    .filter(({ nodes }) => nodes !== undefined)
    .map(({ pool, nodes, perNode }) => `${pool.address} ${nodes} nodes x ${perNode}`)
    .join(" + ");
  yield {
    resource: subnet,
    message: `the secondary range "${name}" ${pods.cidr} holds ${size} addresses, and the pods of ${cluster.address} take ${needed} at full scale (${text}); fails at run time: the range is used up and no node is added any more.`,
    fix: `Choose a range of /${32 - Math.ceil(Math.log2(needed))} or larger, or lower max_pods_per_node.`,
  };
}

interface Demand {
  readonly pool: Resource;
  readonly nodes: number | undefined;
  readonly perNode: number;
}

/** The nodes that a cluster is made with, where it keeps them. */
function defaultPool(cluster: Resource): Demand[] {
  const nodes = cluster.number("initial_node_count");
  const removed = cluster.get("remove_default_node_pool");
  const isKept = removed === undefined || removed === false;
  if (nodes === undefined || !isKept || cluster.get("node_pool") !== undefined) return [];
  return [{ pool: cluster, nodes: nodes * zonesOf(cluster, cluster), perNode: addresses(cluster, cluster) }];
}

function zonesOf(pool: Resource, cluster: Resource): number {
  const zones = pool.entries("node_locations") ?? cluster.entries("node_locations");
  return zones ?? (regionForm.test(cluster.string("location") ?? "") ? ZONES_OF_REGION : 1);
}

/** Nodes of a pool at most, over all its zones; undefined where that is not known. */
function mostNodes(pool: Resource, cluster: Resource): number | undefined {
  const total = pool.number("autoscaling.total_max_node_count");
  if (total !== undefined) return total;
  const perZone = pool.number("autoscaling.max_node_count") ?? pool.number("node_count");
  if (perZone === undefined) return undefined;
  return perZone * zonesOf(pool, cluster);
}

/** Twice the pods of a node, rounded up to a power of two: a /24 for 110. */
function addresses(pool: Resource, cluster: Resource): number {
  const pods =
    pool.number("max_pods_per_node") ??
    cluster.number("default_max_pods_per_node") ??
    gkeLimits.podsPerNode.value;
  return 2 ** Math.ceil(Math.log2(2 * pods));
}

function* ofAutopilot(graph: Graph, pool: Resource): Iterable<Violation> {
  const target = graph.target(pool.get("cluster"), ["google_container_cluster"], pool);
  if (target.kind !== "resource" || target.resource.boolean("enable_autopilot") !== true) return;
  yield {
    resource: pool,
    message: `its cluster ${target.resource.address} has enable_autopilot; rejected by the API: Autopilot makes the node pools itself.`,
    fix: "Remove the node pool, or enable_autopilot.",
  };
}
