import { list } from "../../analysis/lists.ts";
import { follow } from "../../analysis/references/follow.ts";
import { references } from "../../analysis/references/text.ts";
import { takenTwice } from "../../analysis/taken-twice.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { regionOfPlace, zoneForm } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** A node pool is looked for where its cluster is, and its nodes are in zones of that region. */
export const nodePoolLocation: Rule = {
  id: "reachability/node-pool-location",
  why: "A node pool is part of a cluster and is created at its location: with another one the API finds no cluster of that name.",
  limit:
    "location of a node pool is that of its cluster, node_locations are zones of its region, and each name is that of one pool in a cluster",
  fix: "Set location of the node pool to google_container_cluster.NAME.location.",
  source:
    "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/container_node_pool",
  *check(graph) {
    for (const { first, second } of takenTwice(graph, graph.all("google_container_node_pool"), (pool) => [
      [follow(graph, pool.get("cluster"), ["google_container_cluster"], pool), pool.string("name")],
    ]))
      yield {
        resource: second,
        message: `its name "${second.string("name")}" is that of ${first.address} in the same cluster; rejected by the API: the name is taken.`,
        fix: "Choose another name.",
      };
    for (const pool of graph.all("google_container_node_pool")) {
      const cluster = follow(graph, pool.get("cluster"), ["google_container_cluster"], pool);
      const location = cluster?.string("location");
      if (cluster !== undefined && location !== undefined) yield* elsewhere(graph, pool, cluster, location);
    }
  },
};

function* elsewhere(graph: Graph, pool: Resource, cluster: Resource, location: string): Iterable<Violation> {
  const own = pool.string("location");
  // An id of the cluster says the location itself.
  if (own !== undefined && own !== location && !isId(pool)) {
    if (sharesName(graph, cluster)) return;
    yield {
      resource: pool,
      // A name that is written as text may be that of a cluster which the input does not define.
      severity: pool.dependencies.has(cluster.address) ? "error" : "warning",
      message: `location is ${own} and location of ${cluster.address} is ${location}; rejected by the API: there is no such cluster in ${own}.`,
      fix: `Set location = ${cluster.address}.location.`,
    };
    return;
  }
  // Next to a location of its own, the zones are held against that one.
  if (own !== undefined) return;
  const region = regionOfPlace(location);
  if (region === undefined) return;
  for (const zone of list(pool.get("node_locations")))
    if (typeof zone === "string" && zoneForm.test(zone) && !zone.startsWith(`${region}-`))
      yield {
        resource: pool,
        message: `node_locations contains "${zone}" and location of ${cluster.address} is ${location}; rejected by the API: nodes run in zones of the cluster's region.`,
        fix: `Name a zone of ${region}, for example "${region}-b".`,
      };
}

function isId(pool: Resource): boolean {
  const value = pool.get("cluster");
  if (typeof value === "string") return value.includes("/");
  return !isUnknown(value) || references(value).some(({ attribute }) => attribute !== "name");
}

/** Names of clusters are unique within a location: two of the input may have the same. */
function sharesName(graph: Graph, cluster: Resource): boolean {
  const name = cluster.string("name");
  return graph
    .all("google_container_cluster")
    .some((other) => other !== cluster && (other.string("name") ?? name) === name);
}
