import { usersOf } from "../../analysis/workload/users.ts";
import { Block, type Graph, type Resource } from "../../graph/index.ts";
import { holdsData, impactOfDeletion, resourceType } from "../../resources/index.ts";
import { protectionOf } from "../../resources/protection.ts";
import type { Rule, Violation } from "../rule.ts";

/** What a plan destroys in order to recreate it. */
export const replacement: Rule = {
  id: "data/replacement",
  why: "Some attributes cannot be changed in place: Terraform plans to delete the resource, with all that is in it, and to create an empty one.",
  limit:
    "no plan replaces a resource that holds data or that running services use; the replacement of others that carry traffic is a warning",
  fix: "Take the change back, or move to a new resource next to the old one and delete that later.",
  source: "https://developer.hashicorp.com/terraform/internals/json-format#change-representation",
  *check(graph) {
    for (const resource of graph.all())
      if (isReplaced(resource.change?.actions)) yield* replaced(graph, resource);
  },
};

export function isReplaced(actions: readonly string[] = []): boolean {
  return actions.includes("delete") && actions.includes("create");
}

function* replaced(graph: Graph, resource: Resource): Iterable<Violation> {
  const paths = (resource.change?.replacePaths ?? []).map((path) => path.replaceAll(".0.", "."));
  const because =
    paths.length === 0 ? "" : ` because of ${paths.map((path) => changeAt(resource, path)).join(", ")}`;
  const found = `the plan replaces it${because}`;
  const { before = new Block({}), after = new Block({}), actions = [] } = resource.change ?? {};
  const protection = protectionOf(before);
  if (protection !== undefined) {
    yield { resource, message: `${found}; rejected by the API: ${protection}.` };
    return;
  }
  const users = usersOf(graph).get(resource) ?? [];
  const createBeforeDestroy = actions.join() === "create,delete";
  const lost = impactOfDeletion(resource.type, "replaced", { before, after, createBeforeDestroy, users });
  if (lost !== undefined)
    yield {
      resource,
      severity: holdsData(resource.type) || users.length > 0 ? "error" : "warning",
      message: `${found}; fails at run time: ${lost}.`,
    };
  else if (isUnfamiliar(resource.type))
    yield {
      resource,
      severity: "unknown",
      message: `${found}: whether a ${resource.type} holds data or carries traffic is not known to the rule book.`,
    };
}

/** Nothing is known of what its loss costs; grants are judged by what they grant. */
function isUnfamiliar(type: string): boolean {
  return (
    type.startsWith("google_") &&
    !/_iam_(member|binding|policy)$/.test(type) &&
    resourceType(type)?.deleteImpact === undefined
  );
}

/** "settings.disk_size 50 -> 20", as far as both are plain values. */
function changeAt(resource: Resource, path: string): string {
  const [before, after] = [resource.change?.before?.string(path), resource.change?.after.string(path)];
  return before === undefined || after === undefined ? path : `${path} ${before} -> ${after}`;
}
