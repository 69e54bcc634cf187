import type { Resource, Target } from "../../graph/index.ts";
import { resourceType } from "../../resources/index.ts";

/** The last word of an id or self link; a bare name as it is. */
export function shortName(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

export type Missing = Target & { readonly kind: "missing" };

/** What the input does not define may exist outside of it. */
export function missingSeverity({ certain }: Missing): "error" | "warning" {
  return certain ? "error" : "warning";
}

/** What a person may have meant instead of a name that does not exist, for the end of a message. */
export function nearestHint(target: Missing): string {
  if (!target.certain) return " here, and may exist elsewhere";
  if (target.nearest === undefined) return "";
  const name = nameOf(target.nearest);
  return `; the nearest is ${target.nearest.address}${name === undefined ? "" : ` ("${name}")`}`;
}

export function nameOf(resource: Resource): string | undefined {
  const attribute = resourceType(resource.type)?.nameAttribute ?? "name";
  const name = resource.string(attribute) ?? resource.string("name");
  return name === undefined ? undefined : shortName(name);
}
