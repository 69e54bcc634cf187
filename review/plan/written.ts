import { type Json, objectOf, own, PlannedModule } from "../../graph/index.ts";
import type { PlannedChange } from "./planned-change.ts";

/**
 * Whether the configuration in the plan writes the block; undefined where it does not hold the resource. A plan does
 * not contain `dynamic` blocks: they look as if they were not configured.
 */
export function blockIsWritten(plan: Json, change: PlannedChange, block: string): boolean | undefined {
  const root = new PlannedModule(objectOf(own(objectOf(own(plan, "configuration")), "root_module")));
  const resource = root.at(change.module)?.resource(`${change.type}.${change.name}`);
  if (resource === undefined) return undefined;
  let value: unknown = own(resource, "expressions");
  for (const step of block.split(".")) {
    if (Array.isArray(value)) value = value[0];
    value = own(objectOf(value), step);
  }
  return value !== undefined && value !== null;
}
