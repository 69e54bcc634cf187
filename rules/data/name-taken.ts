import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { instanceOf } from "./database.ts";

/** Types whose names are unique, within what, and the attribute that holds the name. */
const UNIQUE: { readonly [type: string]: readonly [reach: "project" | "region" | "instance", name: string] } =
  {
    google_cloud_run_v2_service: ["region", "name"],
    google_compute_firewall: ["project", "name"],
    google_compute_global_address: ["project", "name"],
    google_compute_network: ["project", "name"],
    google_compute_router: ["region", "name"],
    google_compute_subnetwork: ["region", "name"],
    google_redis_instance: ["region", "name"],
    google_secret_manager_secret: ["project", "secret_id"],
    google_service_account: ["project", "account_id"],
    google_sql_database: ["instance", "name"],
    google_sql_database_instance: ["project", "name"],
    google_vpc_access_connector: ["region", "name"],
  };

/** S39: two resources of one kind and place with one name. */
export const nameTaken: Rule = {
  id: "data/name-taken",
  why: "A name is unique within its project and region; count with a fixed name asks for the same thing twice.",
  limit: "one resource of a type, project and region (or instance) for each name",
  fix: "Make the name depend on count.index or each.key, or rename one of them.",
  source: "https://docs.cloud.google.com/compute/docs/naming-resources",
  example: `resource "google_sql_database_instance" "main" {
  count = 2
  name  = "orders" # orders-\${count.index}
}`,
  *check(graph) {
    for (const [type, [reach, attribute]] of Object.entries(UNIQUE)) {
      const first = new Map<string, Resource>();
      for (const resource of graph.all(type)) {
        const key = keyOf(graph, resource, reach, resource.string(attribute));
        if (key === undefined) continue;
        const other = first.get(key);
        if (other === undefined) first.set(key, resource);
        else if (graph.together(other, resource))
          yield {
            resource,
            severity: "error",
            message: `its name "${resource.string(attribute)}" is also that of ${other.address}; refused at apply: the name is taken.`,
          };
      }
    }
  },
};

function keyOf(
  graph: Graph,
  resource: Resource,
  reach: "project" | "region" | "instance",
  name: string | undefined,
): string | undefined {
  if (name === undefined || name === "") return undefined;
  const project = graph.project(resource);
  // Where the project is not known, the instances of one block have the same.
  const home = project ?? (resource.address.endsWith("]") ? blockOf(resource) : undefined);
  const place = {
    project: () => "",
    region: () => graph.region(resource),
    instance: () => instanceOf(graph, resource)?.address,
  }[reach]();
  if (place === undefined || home === undefined || isUnknown(resource.get("project"))) return undefined;
  return [home, place, name].join(" ");
}

function blockOf({ address }: Resource): string {
  return address.slice(0, address.lastIndexOf("["));
}
