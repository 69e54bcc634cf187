import { type Block, type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { list } from "../lists.ts";
import type { Rule } from "../rule.ts";
import { workloads } from "../workload/index.ts";
import { links } from "./links.ts";
import { nameOf, nearestHint } from "./names.ts";

/** Issue 4: a name that is written as a literal leads to a resource, where the input defines that kind. */
export const namesExist: Rule = {
  id: "reachability/names-exist",
  why: "A resource that names another by hand, and gets the name wrong, is refused or depends on nothing.",
  limit:
    "the name, id or self link belongs to a resource of that kind in the project; default networks exist",
  fix: "Refer to the resource instead of writing its name, or declare it with --external KIND:NAME.",
  source: "https://docs.cloud.google.com/compute/docs/naming-resources",
  *check(graph) {
    for (const { from, path, to } of links) {
      for (const resource of graph.all(...from)) {
        for (const value of everyAt(resource, path)) {
          const target = graph.target(value, to, resource);
          if (target.kind !== "missing" || value === "") continue;
          yield missing(graph, resource, path, to[0] ?? "", target);
        }
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
    severity: "error" as const,
    message: `${path} names the ${kind.replace(/^google_/, "").replaceAll("_", " ")} "${target.name}", ${
      sameName
        ? `but ${near.address} of that name is in ${graph.region(near) ?? "another place"} of project ${graph.project(near) ?? "unknown"}`
        : `which is not defined${nearestHint(target)}`
    }; rejected by the API: it does not exist.`,
    fix: near === undefined ? "Name one that exists." : `Name ${near.address}, by reference.`,
  };
}

function everyAt(resource: Resource, path: string): readonly Value[] {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  let blocks: Block[] = [resource];
  for (const step of steps) blocks = blocks.flatMap((block) => block.blocks(step));
  return blocks.flatMap((block) => list(block.get(last)));
}
