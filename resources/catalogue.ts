import { resourceTypes } from "./registry.ts";
import type { DeleteContext, DeleteImpact, Impact, ResourceType } from "./resource-type.ts";

const byType: ReadonlyMap<string, ResourceType> = new Map(resourceTypes.map((entry) => [entry.type, entry]));

/** What the catalogue says of the type; undefined where it says nothing. */
export function resourceType(type: string): ResourceType | undefined {
  return byType.get(type);
}

/** The attribute that holds the short name of resources of the type; undefined where Google chooses it. */
export function nameAttributeOf(type: string): string | undefined {
  const stated = byType.get(type)?.nameAttribute;
  return stated === null ? undefined : (stated ?? "name");
}

/** The words before the name in ids of the types; empty where that of one of them is not known. */
export function collectionsOf(types: readonly string[]): readonly string[] {
  const known = types.flatMap((type) => byType.get(type)?.collection ?? []);
  return known.length < types.length ? [] : known;
}

/** The types that a kind of `--external KIND:NAME` stands for; a Terraform type stands for itself. */
export function typesOfKind(kind: string): readonly string[] {
  const types = resourceTypes.filter(({ externalKind }) => externalKind === kind).map(({ type }) => type);
  return types.length === 0 ? [kind] : types;
}

/** What is lost with resources of the type; undefined where nothing is, or where the catalogue does not know. */
export function deleteImpactOf(type: string): DeleteImpact | undefined {
  const impact = byType.get(type)?.deleteImpact;
  return impact === undefined || "safe" in impact ? undefined : impact;
}

/** True where resources of the type hold data that a deletion takes with it. */
export function holdsData(type: string): boolean {
  return deleteImpactOf(type)?.holdsData === true;
}

/** What is lost by a deletion or replacement, a sentence without its end; undefined where nothing is. */
export function impactOfDeletion(
  type: string,
  action: "destroyed" | "replaced",
  context: DeleteContext,
): string | undefined {
  const impact = deleteImpactOf(type);
  if (impact === undefined) return undefined;
  const impactText: Impact | undefined =
    action === "replaced" && "replaced" in impact ? impact.replaced : impact.destroyed;
  return typeof impactText === "function" ? impactText(context) : impactText;
}
