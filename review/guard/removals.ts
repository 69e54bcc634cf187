import type { PlannedChange } from "../plan/planned-change.ts";
import { title, why } from "../plan/title.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Loss } from "./loss.ts";
import { dataRemovals } from "./removal/data.ts";
import { edgeRemovals } from "./removal/edge.ts";
import { harmless } from "./removal/harmless.ts";
import {
  AUTHORITATIVE,
  authoritativeRemoval,
  EVERYBODY,
  identityRemovals,
  MEMBER,
} from "./removal/identity.ts";
import { kubernetesRemovals } from "./removal/kubernetes.ts";
import { networkRemovals } from "./removal/network.ts";
import { operationsRemovals } from "./removal/operations.ts";
import { type Consequence, type Removal, UNKNOWN_KIND } from "./removal/removal.ts";

export const removals: readonly Removal[] = [
  ...dataRemovals,
  ...networkRemovals,
  ...edgeRemovals,
  ...identityRemovals,
  ...operationsRemovals,
  ...kubernetesRemovals,
];

const byType = new Map(removals.flatMap((removal) => removal.types.map((type) => [type, removal] as const)));
const isHarmless = new Set(harmless.flatMap(({ types }) => types));

/** Types that hold data, of which nothing may be dropped quietly. */
export const statefulTypes: readonly string[] = removals
  .filter(({ holdsData }) => holdsData === true)
  .flatMap(({ types }) => types);

/** What a person calls a resource of the type; undefined for types that are not listed. */
export function nounOf(type: string): string | undefined {
  return byType.get(type)?.noun;
}

/** What is destroyed, and what is destroyed in order to be made anew. */
export const removalLosses: readonly Loss[] = [
  {
    types: "all",
    action: "destroy",
    what: "a resource is destroyed",
    why: "see the list of kinds",
    find: (change, around) =>
      change.action === "destroy" ? told(change, lost(change, around, "destroyed")) : undefined,
  },
  {
    types: "all",
    action: "replace",
    what: "a resource is destroyed and made anew",
    why: "see the list of kinds",
    find: (change, around) =>
      change.action === "replace" ? told(change, lost(change, around, "replaced")) : undefined,
  },
];

function lost(
  change: PlannedChange,
  around: Surroundings,
  how: "destroyed" | "replaced",
): string | undefined {
  const { type } = change;
  if (AUTHORITATIVE.test(type)) return authoritativeRemoval(change);
  if (MEMBER.test(type)) return ofEverybody(change, around);
  const known = byType.get(type);
  // What a failed replacement left over carries no traffic any more, but may well hold data.
  if (change.deposed !== undefined && known !== undefined && known.holdsData !== true) return undefined;
  if (known !== undefined) return said(known[how], change, around);
  return isHarmless.has(type) ? undefined : UNKNOWN_KIND;
}

/** The grant that lets the public in is traffic; taken over by another address it is not lost. */
function ofEverybody(change: PlannedChange, around: Surroundings): string | undefined {
  const member = change.before.string("member") ?? "";
  const role = change.before.string("role") ?? "";
  if (!EVERYBODY.has(member)) return undefined;
  const isKept = around.changes.some(
    (other) =>
      other.type === change.type &&
      other.after.string("member") === member &&
      other.after.string("role") === role &&
      other.address !== change.address &&
      other.after.string("name") === change.before.string("name"),
  );
  return isKept ? undefined : `${member} lose ${role}: requests without a token get 403`;
}

function said(
  consequence: Consequence | undefined,
  change: PlannedChange,
  around: Surroundings,
): string | undefined {
  return typeof consequence === "function" ? consequence(change, around) : consequence;
}

function told(change: PlannedChange, what: string | undefined): string | undefined {
  if (what === undefined) return undefined;
  const noun = nounOf(change.type);
  const verb = change.action === "replace" ? "REPLACED" : "DESTROYED";
  const leftover =
    change.deposed === undefined ? "" : ` (a leftover of an earlier replacement, deposed ${change.deposed})`;
  return `${title(change, noun)}${leftover} is ${verb}${why(change)}: ${what}.`;
}
