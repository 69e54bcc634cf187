import { createHash } from "node:crypto";
import { isObject, listOf, objectOf, own } from "../graph/index.ts";
import type { PlannedStack } from "../terraform/plan-stacks.ts";

/** Hexadecimal digits of a fingerprint. */
const LENGTH = 20;

/**
 * Identifies exactly these changes of exactly this code. A second plan with the same changes has the same fingerprint, so
 * that an approval of the first holds for it, without handing over plan files, which hold secrets.
 */
export function fingerprint(stacks: readonly PlannedStack[]): string {
  const changes = stacks.map(({ name, hash, plan }) => ({
    name,
    hash,
    resources: listOf(own(objectOf(plan), "resource_changes"))
      .filter(isChange)
      .map(withoutTimes),
    outputs: own(objectOf(plan), "output_changes") ?? null,
  }));
  return createHash("sha256")
    .update(JSON.stringify(sortedKeys(changes)))
    .digest("hex")
    .slice(0, LENGTH);
}

function isChange(resource: unknown): boolean {
  const actions = listOf(own(objectOf(own(objectOf(resource), "change")), "actions"));
  return (
    actions.join() !== "no-op" || own(objectOf(own(objectOf(resource), "change")), "importing") !== undefined
  );
}

function withoutTimes(resource: unknown): unknown {
  const { address, deposed, previous_address, change } = objectOf(resource);
  return { address, deposed, previous_address, change };
}

/** Sorts keys, so that the same plan has the same fingerprint. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  );
}
