import type { Graph, Resource } from "../../graph/index.ts";
import { attachmentOf } from "../reachability/network.ts";
import type { Rule, Verdict } from "../rule.ts";
import { workloads } from "../workload/index.ts";
import { INSTANCE } from "./database.ts";

/** What is lost with each kind of resource. */
const STATEFUL: { readonly [type: string]: string } = {
  google_sql_database_instance:
    "the database and its backups are deleted, and its name is blocked for a week",
  google_sql_database: "the database and all that is in it are deleted",
  google_redis_instance: "its data are lost and its address changes",
  google_secret_manager_secret: "all versions of the secret are destroyed",
  google_storage_bucket: "the objects in it are lost, or the apply fails because there are some",
  google_compute_disk: "the data on it are lost",
  google_filestore_instance: "the files on it are lost",
  google_bigquery_dataset: "the tables in it are lost",
};

const WAYS = new Set(["google_vpc_access_connector", "google_compute_subnetwork"]);

/** S16, M20, C12, D4: what a plan destroys in order to create it anew. */
export const replacement: Rule = {
  id: "data/replacement",
  why: "Some attributes cannot be changed in place: Terraform plans to delete the resource, with all that is in it, and to create an empty one.",
  limit: "no plan replaces a resource that holds data, or one through which running services reach the VPC",
  fix: "Take the change back, or move to a new resource beside the old one and delete that later.",
  source: "https://developer.hashicorp.com/terraform/internals/json-format#change-representation",
  example: `resource "google_sql_database_instance" "main" {
  settings {
    tier      = "db-custom-2-7680"
    disk_size = 20 # was 50: a disk does not shrink
  }
}`,
  *check(graph) {
    const changed = graph.all().filter(({ change }) => isReplaced(change?.actions));
    if (changed.length === 0) return;
    const used = waysInUse(graph);
    for (const resource of changed) {
      const consequence = STATEFUL[resource.type];
      if (consequence !== undefined) yield verdict(resource, consequence);
      else if (WAYS.has(resource.type) && used.has(resource))
        yield verdict(
          resource,
          resource.type === "google_compute_subnetwork"
            ? "addresses of Cloud Run block its deletion for up to two hours"
            : "its services have no way into the VPC until the new one is ready",
        );
    }
  },
};

function isReplaced(actions: readonly string[] = []): boolean {
  return actions.includes("delete") && actions.includes("create");
}

function verdict(resource: Resource, consequence: string): Verdict {
  const paths = (resource.change?.replacePaths ?? []).map((path) => path.replaceAll(".0.", "."));
  const because =
    paths.length === 0 ? "" : ` because of ${paths.map((path) => described(resource, path)).join(", ")}`;
  const isProtected =
    resource.type === INSTANCE && resource.change?.before?.boolean("deletion_protection") === true;
  return {
    resource,
    severity: "error",
    message: `the plan replaces it${because}; ${isProtected ? "refused at apply: deletion_protection is true" : `breaks at run time: ${consequence}`}.`,
  };
}

/** "settings.disk_size 50 -> 20", as far as both are plain values. */
function described(resource: Resource, path: string): string {
  const [before, after] = [resource.change?.before?.get(path), resource.change?.after.get(path)].map(
    (value) => (["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined),
  );
  return before === undefined || after === undefined ? path : `${path} ${before} -> ${after}`;
}

/** Connectors and subnets through which workloads of the input enter the VPC. */
function waysInUse(graph: Graph): Set<Resource> {
  const used = new Set<Resource>();
  for (const workload of workloads(graph)) {
    const { connector, subnetwork } = attachmentOf(graph, workload) ?? {};
    if (connector !== undefined) used.add(connector);
    if (subnetwork !== undefined) used.add(subnetwork);
  }
  return used;
}
