import { nameOf } from "../../analysis/references/names.ts";
import { type ReferenceField, references, valuesAt } from "../../analysis/references/references.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** Parts of a network, which another project may own. */
const SHARED = ["google_compute_network", "google_compute_subnetwork", "google_compute_router"];

/** Where Cloud Run has its network interfaces. */
const RUN: Readonly<Record<string, string>> = {
  google_cloud_run_v2_service: "template",
  google_cloud_run_v2_job: "template.template",
  google_cloud_run_v2_worker_pool: "template",
};

/** A short name is looked for in the project of what has it. */
export const otherProject: Rule = {
  id: "reachability/other-project",
  why: "A network, subnet or router that is named by its short name is looked for in the project of what names it: one of another project is found by its id only.",
  limit: "what is named by its short name is in the same project; of another project: id or self_link",
  fix: "Refer to id in place of name.",
  source: "https://docs.cloud.google.com/vpc/docs/shared-vpc",
  *check(graph) {
    for (const { resource, attribute, values, types } of named(graph)) {
      if (!types.some((type) => SHARED.includes(type))) continue;
      const own = graph.project(resource);
      for (const value of values) {
        if (own === undefined || typeof value !== "string" || value === "" || value.includes("/")) continue;
        const namesakes = graph.all(...types).filter((each) => nameOf(each) === value);
        // One that it does not refer to may have the name by chance.
        const meant = namesakes.find((each) => resource.dependencies.has(each.address));
        const there = meant === undefined ? undefined : graph.project(meant);
        if (meant === undefined || there === undefined || there === own) continue;
        if (namesakes.some((each) => (graph.project(each) ?? own) === own) || saysProject(resource)) continue;
        yield {
          resource,
          message: `${attribute} is "${value}", the short name of ${meant.address} in project ${there}, and it is in project ${own}; rejected by the API: the name is looked for in ${own}.`,
          fix: needsOwnProject(resource)
            ? `Set project = "${there}".`
            : `Refer to ${meant.address}.id in place of its name.`,
        };
      }
    }
  },
};

/** The references of the catalogue, and those of Direct VPC egress. */
function* named(graph: Graph): Iterable<ReferenceField> {
  yield* references(graph);
  for (const [type, template] of Object.entries(RUN))
    for (const kind of ["network", "subnetwork"])
      for (const resource of graph.all(type)) {
        const attribute = `${template}.vpc_access.network_interfaces.${kind}`;
        yield {
          resource,
          attribute,
          values: valuesAt(resource, attribute),
          types: [`google_compute_${kind}`],
        };
      }
}

/** Attributes such as subnetwork_project say where the name is looked for. */
function saysProject(resource: Resource): boolean {
  return /"\w+_project(_id)?"/.test(JSON.stringify(resource.values));
}

/** What is a part of a router has no other way to name it. */
function needsOwnProject({ type }: Resource): boolean {
  return type.startsWith("google_compute_router_");
}
