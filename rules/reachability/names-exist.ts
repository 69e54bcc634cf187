import { missingSeverity, nameOf, nearestHint } from "../../analysis/references/names.ts";
import { references } from "../../analysis/references/references.ts";
import { workloads } from "../../analysis/workload/index.ts";
import { type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** References that a rule of their own looks up, and accounts that a firewall rule may name before they exist. */
const CHECKED_BY_OTHERS =
  /^google_(compute_\w*(forwarding_rule|proxy|url_map|backend_service|endpoint_group)|monitoring_\w+|certificate_manager_\w+)\.|\.source_service_accounts$|\.target_service_accounts$|\.allocated_ip_range$/;

/** A name that is written as a literal leads to a resource, where the input defines that kind. */
export const namesExist: Rule = {
  id: "reachability/names-exist",
  why: "A resource that names another by hand, and gets the name wrong, is refused or depends on nothing.",
  limit:
    "the name, id or self link belongs to a resource of that kind in the project; default networks exist",
  fix: "Refer to the resource instead of writing its name, or declare it with --external KIND:NAME; with --complete whatever is not defined is an error.",
  source: "https://docs.cloud.google.com/compute/docs/naming-resources",
  *check(graph) {
    for (const { resource, attribute, values, types } of references(graph)) {
      if (CHECKED_BY_OTHERS.test(`${resource.type}.${attribute}`)) continue;
      for (const value of values) {
        const target = graph.target(value, types, resource);
        if (target.kind === "missing" && value !== "")
          yield missing(graph, resource, attribute, types[0] ?? "", target);
      }
    }
    for (const { resource, serviceAccount } of workloads(graph)) {
      const target = graph.target(serviceAccount, ["google_service_account"], resource);
      if (target.kind === "missing" && isAccount(serviceAccount))
        yield missing(graph, resource, "service_account", "google_service_account", target);
    }
  },
};

/** Other words at that place are numbers or accounts that Google makes. */
function isAccount(value: Value | undefined): boolean {
  return isUnknown(value) || (typeof value === "string" && value.endsWith(".iam.gserviceaccount.com"));
}

function missing(
  graph: Graph,
  resource: Resource,
  path: string,
  kind: string,
  target: ReturnType<Graph["target"]> & { readonly kind: "missing" },
) {
  const near = target.nearest;
  const sameName = near !== undefined && nameOf(near) === target.name;
  return {
    resource,
    severity: missingSeverity(target),
    message: `${path} names the ${kind.replace(/^google_/, "").replaceAll("_", " ")} "${target.name}", ${
      sameName
        ? `but ${near.address} of that name is in ${graph.region(near) ?? "another place"} of project ${graph.project(near) ?? "unknown"}`
        : `which is not defined${nearestHint(target)}`
    }; rejected by the API: it does not exist.`,
    fix: near === undefined ? "Name one that exists." : `Name ${near.address}, by reference.`,
  };
}
