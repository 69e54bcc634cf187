import { type CacheSections, cacheInstances } from "../../platform/backing-services/caches.ts";
import { type DatabaseSections, databaseInstances } from "../../platform/backing-services/databases.ts";
import { type ExistingKind, PART_OF } from "../../platform/existing/kinds.ts";
import { existingSlots, type Slot, type SlotSettings } from "../../platform/existing/slots.ts";
import { platformNames } from "../../platform/names.ts";
import type { Existing } from "../../platform/schema/existing.ts";
import type { Match } from "./recognize.ts";

/** Declarations to paste into the environment. */
export interface Proposal {
  /** The `existing` section as TypeScript; "" where there is nothing to declare. */
  readonly text: string;
  /** Found, but left out, because its parent was not found. */
  readonly withoutParent: readonly Match[];
}

/**
 * The section `existing` for what was found: true where the platform computes the same name, otherwise the name.
 * It is valid TypeScript. Of a further region it is that of its entry in `regions`.
 *
 * @param found kinds of what was found in any region
 */
export function proposalOf(
  plan: SlotSettings & DatabaseSections & CacheSections,
  matches: readonly Match[],
  found: readonly ExistingKind[],
): Proposal {
  const fresh = { ...plan, existing: { natAddresses: [], services: {}, serviceAccounts: {}, secrets: [] } };
  const computed = new Map(
    existingSlots({
      ...fresh,
      names: platformNames(fresh),
      databaseInstances: databaseInstances(fresh),
      cacheInstances: cacheInstances(fresh),
    }).map((slot) => [keyOf(slot), slot.name]),
  );
  const kinds = new Set(found);
  const withoutParent = matches.filter(({ slot: { kind } }) => {
    for (let home = PART_OF[kind]; home !== undefined; home = PART_OF[home])
      // A network of others is never imported.
      if (!kinds.has(home) && !(home === "network" && plan.network.unmanaged !== undefined)) return true;
    return false;
  });
  const declarations: Record<string, Existing | Existing[] | Record<string, Existing> | string[]> = {};
  const byName = (
    kind: "services" | "serviceAccounts" | "databases" | "caches" | "connectors",
    of: string,
    value: Existing,
  ): void => {
    declarations[kind] = { ...(declarations[kind] as Record<string, Existing> | undefined), [of]: value };
  };
  for (const match of matches) {
    if (withoutParent.includes(match)) continue;
    const { slot, name } = match;
    const value: Existing = name === computed.get(keyOf(slot)) ? true : name;
    if (slot.kind === "services" && plan.main !== undefined)
      declarations.services = [...((declarations.services as string[] | undefined) ?? []), slot.of];
    else if (
      slot.kind === "services" ||
      slot.kind === "serviceAccounts" ||
      slot.kind === "databases" ||
      slot.kind === "caches" ||
      slot.kind === "connectors"
    )
      byName(slot.kind, slot.of, value);
    else if (slot.kind === "secrets" || slot.kind === "databaseNames")
      declarations[slot.kind] = [...((declarations[slot.kind] as string[] | undefined) ?? []), slot.of];
    else if (slot.kind === "natAddresses")
      declarations.natAddresses = [...((declarations.natAddresses as Existing[] | undefined) ?? []), name];
    else if (slot.kind === "databaseName" || slot.kind === "privateServicesConnection")
      declarations[slot.kind] = true;
    else declarations[slot.kind] = value;
  }
  const text = Object.keys(declarations).length === 0 ? "" : `existing: ${literal(declarations, "")},`;
  return { text, withoutParent };
}

function keyOf({ kind, of }: Slot): string {
  return `${kind} ${of}`;
}

/** Characters of a list on one line. */
const MAX_LENGTH = 90;

/** TypeScript as this project formats it. */
function literal(value: unknown, indent: string): string {
  if (Array.isArray(value)) return list(value, indent);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const lines = Object.entries(value).map(([key, item]) => {
    const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
    return `${inner}${name}: ${literal(item, inner)},`;
  });
  return ["{", ...lines, `${indent}}`].join("\n");
}

function list(items: readonly unknown[], indent: string): string {
  const written = items.map((item) => JSON.stringify(item));
  const line = `[${written.join(", ")}]`;
  if (line.length <= MAX_LENGTH) return line;
  return ["[", ...written.map((item) => `${indent}  ${item},`), `${indent}]`].join("\n");
}
