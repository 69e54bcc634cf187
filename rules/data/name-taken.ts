import { instanceOf } from "../../analysis/database/database.ts";
import { mayExclude } from "../../analysis/exclusive.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { type ResourceType, resourceTypes } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

/** Two resources of one kind and place with one name. */
export const nameTaken: Rule = {
  id: "data/name-taken",
  why: "A name is unique within its project and region; count with a fixed name asks for the same thing twice.",
  limit: "one resource of a type, project and region (or instance) for each name; one bucket in the world",
  fix: "Make the name depend on count.index or each.key, or rename one of them.",
  source: "https://docs.cloud.google.com/compute/docs/naming-resources",
  *check(graph) {
    for (const { type, nameScope, nameAttribute } of resourceTypes) {
      if (nameScope === undefined || nameAttribute === null) continue;
      const first = new Map<string, Resource>();
      for (const resource of graph.all(type)) {
        const key = keyOf(graph, resource, nameScope, resource.string(nameAttribute ?? "name"));
        if (key === undefined) continue;
        const other = first.get(key);
        if (other === undefined) first.set(key, resource);
        else if (
          !mayExclude(other, resource) &&
          (graph.together(other, resource) || inOneApp(other, resource))
        )
          yield {
            resource,
            message: `its name "${resource.string(nameAttribute ?? "name")}" is also the name of ${labelOf(graph, other, resource)}; rejected by the API: the name is taken.`,
          };
      }
    }
  },
};

/** Stacks of one app are all applied; other inputs may be the same configuration twice. */
function inOneApp(a: Resource, b: Resource): boolean {
  return a.path !== null && b.path !== null;
}

/** Of another stack, which may have the same addresses, the construct path as well. */
function labelOf(graph: Graph, other: Resource, resource: Resource): string {
  return graph.together(other, resource) ? other.address : `${other.address} (${other.path})`;
}

function keyOf(
  graph: Graph,
  resource: Resource,
  scope: NonNullable<ResourceType["nameScope"]>,
  name: string | undefined,
): string | undefined {
  if (name === undefined || name === "") return undefined;
  if (scope === "world") return name;
  const project = graph.project(resource);
  // Where the project is not known, the instances of one block have the same.
  const home = project ?? (resource.address.endsWith("]") ? blockOf(resource) : undefined);
  const place = {
    project: () => "",
    region: () => graph.region(resource),
    zone: () => resource.string("zone"),
    parent: () => instanceOf(graph, resource)?.address,
  }[scope]();
  if (place === undefined || home === undefined || isUnknown(resource.get("project"))) return undefined;
  return [home, place, name].join(" ");
}

function blockOf({ address }: Resource): string {
  return address.slice(0, address.lastIndexOf("["));
}
