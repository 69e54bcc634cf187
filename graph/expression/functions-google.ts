import type { Value } from "../value.ts";
import type { FunctionTable, TerraformFunction } from "./function.ts";

/** The part of an id or self link that follows a collection. */
function fromId(pattern: RegExp): TerraformFunction {
  return ([id = null]) => (typeof id === "string" ? (pattern.exec(id)?.[1] ?? undefined) : undefined);
}

function regionFromZone([zone = null]: readonly Value[]): Value | undefined {
  return typeof zone === "string" && /.-.$/.test(zone) ? zone.slice(0, -2) : undefined;
}

/**
 * The functions of the Google provider.
 * https://registry.terraform.io/providers/hashicorp/google/latest/docs/functions/name_from_id
 */
const functions: { readonly [name: string]: TerraformFunction } = {
  location_from_id: fromId(/locations\/([^/]+)\//),
  name_from_id: fromId(/\/([^/]+)$/),
  project_from_id: fromId(/projects\/([^/]+)\//),
  region_from_id: fromId(/regions\/([^/]+)\//),
  region_from_zone: regionFromZone,
  zone_from_id: fromId(/zones\/([^/]+)\//),
};

export const googleFunctions: FunctionTable = {
  strict: Object.fromEntries(
    ["google", "google-beta"].flatMap((provider) =>
      Object.entries(functions).map(([name, run]) => [`provider::${provider}::${name}`, run]),
    ),
  ),
  lenient: {},
};
