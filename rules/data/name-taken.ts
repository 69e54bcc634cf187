import type { Resource } from "../graph/graph.ts";
import type { Graph } from "../graph/index.ts";
import type { Rule } from "../rule.ts";

/** Types whose names are unique within a project, and whether by region. */
const UNIQUE: { readonly [type: string]: "global" | "regional" } = {
  google_compute_global_address: "global",
  google_compute_network: "global",
  google_compute_firewall: "global",
  google_compute_router: "regional",
  google_compute_subnetwork: "regional",
  google_redis_instance: "regional",
  google_sql_database_instance: "global",
  google_vpc_access_connector: "regional",
  google_cloud_run_v2_service: "regional",
};

/** S39: two resources of one kind and place with one name. */
export const nameTaken: Rule = {
  id: "data/name-taken",
  why: "A name is unique within its project and region; count with a fixed name asks for the same thing twice.",
  limit: "one resource of a type, project and region for each name",
  fix: "Make the name depend on count.index or each.key, or rename one of them.",
  source: "https://docs.cloud.google.com/compute/docs/naming-resources",
  example: `resource "google_sql_database_instance" "main" {
  count = 2
  name  = "orders" # orders-\${count.index}
}`,
  *check(graph) {
    for (const [type, reach] of Object.entries(UNIQUE)) {
      const first = new Map<string, Resource>();
      for (const resource of graph.all(type)) {
        const key = keyOf(graph, resource, reach);
        if (key === undefined) continue;
        const other = first.get(key);
        if (other === undefined) first.set(key, resource);
        else
          yield {
            resource,
            severity: "error",
            message: `its name "${resource.string("name")}" is also that of ${other.address}; refused at apply: the name is taken.`,
          };
      }
    }
  },
};

/** Instances of one block only: of two blocks, a count that is not known here may leave out one. */
function keyOf(graph: Graph, resource: Resource, reach: "global" | "regional"): string | undefined {
  const name = resource.string("name");
  const index = resource.address.lastIndexOf("[");
  if (name === undefined || name === "" || !resource.address.endsWith("]")) return undefined;
  const project = resource.get("project");
  const region = reach === "regional" ? graph.region(resource) : "global";
  if (region === undefined || typeof project === "object") return undefined;
  return [resource.address.slice(0, index), project, region, name].join(" ");
}
