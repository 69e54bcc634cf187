import type { Resource, Target } from "../graph/graph.ts";

/** The last word of an id or self link; a bare name as it is. */
export function shortName(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** What a person may have meant instead of a name that does not exist, for the end of a message. */
export function nearestHint(target: Target & { readonly kind: "missing" }): string {
  if (target.nearest === undefined) return "";
  const name = nameOf(target.nearest);
  return `; the nearest is ${target.nearest.address}${name === undefined ? "" : ` ("${name}")`}`;
}

export function nameOf(resource: Resource): string | undefined {
  for (const attribute of ["name", "secret_id", "account_id"]) {
    const name = resource.string(attribute);
    if (name !== undefined) return shortName(name);
  }
  return undefined;
}
