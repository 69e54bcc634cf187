import { follow } from "../../analysis/references/follow.ts";
import { unordered } from "../../analysis/references/order.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const CLUSTER = ["google_alloydb_cluster"];

/** In a cluster of AlloyDB the primary instance comes first, which no reference says. */
export const alloydbOrder: Rule = {
  id: "data/alloydb-order",
  why: "Read pools, users and secondary clusters need the primary instance of their cluster, but refer to the cluster only, so that Terraform creates them at the same time.",
  limit:
    "READ_POOL instances, google_alloydb_user and secondary clusters depend on the PRIMARY instance; max_connections of a read pool is at least that of the primary",
  fix: "Add depends_on with the primary instance.",
  source: "https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/alloydb_instance",
  *check(graph) {
    const primaries = new Map<Resource, Resource>();
    for (const instance of graph.all("google_alloydb_instance")) {
      const cluster = clusterOf(graph, instance, "cluster");
      if (cluster !== undefined && instance.string("instance_type") === "PRIMARY")
        primaries.set(cluster, instance);
    }
    for (const instance of graph.all("google_alloydb_instance")) {
      if (instance.string("instance_type") !== "READ_POOL") continue;
      const primary = primaries.get(clusterOf(graph, instance, "cluster") ?? instance);
      yield* early(graph, instance, primary, "a read pool reads from the primary instance");
      if (primary !== undefined) yield* fewer(instance, primary);
    }
    for (const user of graph.all("google_alloydb_user"))
      yield* early(
        graph,
        user,
        primaries.get(clusterOf(graph, user, "cluster") ?? user),
        "users are created in the primary instance",
      );
    for (const cluster of graph.all(...CLUSTER)) {
      const primary = clusterOf(graph, cluster, "secondary_config.primary_cluster_name");
      const instance = primary && primaries.get(primary);
      yield* early(graph, cluster, instance, "a secondary cluster copies the primary instance");
    }
  },
};

function clusterOf(graph: Graph, resource: Resource, attribute: string): Resource | undefined {
  return follow(graph, resource.get(attribute), CLUSTER, resource);
}

function* early(
  graph: Graph,
  resource: Resource,
  primary: Resource | undefined,
  because: string,
): Iterable<Violation> {
  if (primary === undefined || primary === resource || !unordered(graph, resource, primary)) return;
  yield {
    resource,
    message: `nothing makes it wait for ${primary.address}, so both are created at the same time; rejected by the API: ${because}, which does not exist yet.`,
    fix: `Add depends_on = [${primary.address}].`,
  };
}

/** PostgreSQL does not start a replica that takes fewer connections than what it follows. */
function* fewer(pool: Resource, primary: Resource): Iterable<Violation> {
  const [ours, theirs] = [pool, primary].map((one) => one.number("database_flags.max_connections"));
  if (ours === undefined || theirs === undefined || ours >= theirs) return;
  yield {
    resource: pool,
    message: `max_connections is ${ours} and that of ${primary.address} ${theirs}; rejected by the API: a read pool takes at least as many connections as the primary instance.`,
    fix: `Set max_connections to ${theirs} or more.`,
  };
}
