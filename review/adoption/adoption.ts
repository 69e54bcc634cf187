import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { labelOf } from "../../platform/existing/kinds.ts";
import type { Slot } from "../../platform/existing/slots.ts";
import type { PlanParts, PlatformPlan } from "../../platform/plan.ts";
import { certificateDisagreements } from "./certificates.ts";
import type { Disagreement, NumberToCompare } from "./findings.ts";
import { numbersOf } from "./numbers.ts";
import { proposalOf } from "./proposal.ts";
import { type Match, recognize } from "./recognize.ts";

export interface Adoption {
  readonly environment: string;
  readonly found: readonly FoundResource[];
  /** TypeScript to paste into the environment; "" where nothing was found. */
  readonly proposal: string;
  /** The same for the entries of further regions in `regions`; none where nothing was found there. */
  readonly regions: readonly { readonly region: string; readonly proposal: string }[];
  readonly disagreements: readonly Disagreement[];
  /** How many numbers agree. */
  readonly agreeing: number;
  /** Paths of numbers that the input does not state. */
  readonly unknown: readonly string[];
  /** Slots for which nothing was found: a deployment creates them. */
  readonly created: readonly EmptySlot[];
  /** Found, but not proposed: its parent is missing, or several match. */
  readonly undecided: readonly { readonly what: string; readonly why: string }[];
  /** Resources that the environment has no slot for: they stay as they are. */
  readonly unclaimed: readonly string[];
  /** What was not read. */
  readonly notes: readonly string[];
}

export interface FoundResource {
  /** "existing.services.backend" */
  readonly slot: string;
  readonly address: string;
  readonly name: string;
  readonly recognizedBy: Match["by"];
}

export interface EmptySlot {
  readonly slot: string;
  readonly what: string;
  readonly name: string;
}

/** Reads what exists as the slots of an environment: what to declare, and where numbers disagree. */
export function adoptionOf(
  plan: PlanParts<
    | "existing"
    | "cacheUses"
    | "databaseUses"
    | "existingSlots"
    | "furtherRegions"
    | "jobs"
    | "regions"
    | "workerPools"
    | "natAddresses"
    | "network"
    | "database"
    | "databases"
    | "databaseInstances"
    | "cache"
    | "caches"
    | "cacheInstances"
    | "services"
    | "secrets"
    | "edge"
    | "contract"
  >,
  graph: Graph,
): Adoption {
  const taken = new Set<Resource>();
  const places = [plan, ...plan.furtherRegions].map((place) => ({
    place,
    ...recognize(place, graph, taken),
  }));
  const parents = places.flatMap(({ matches }) => matches.map(({ slot }) => slot.kind));
  const read = places.map((one) => ({ ...one, proposal: proposalOf(one.place, one.matches, parents) }));
  const [{ proposal } = { proposal: { text: "" } }, ...further] = read;
  const matches = places.flatMap((one) => one.matches);
  const missing = places.flatMap((one) => one.missing);
  const compared = places.flatMap(({ place, matches: there }) =>
    there.flatMap((match) =>
      numbersOf(place, match).map((number) => ({ match, number, answer: answerOf(number) })),
    ),
  );
  return {
    environment: plan.name,
    found: matches.map(({ slot, resource, name, by }) => ({
      slot: slotPath(plan, slot),
      address: resource.address,
      name,
      recognizedBy: by,
    })),
    proposal: proposal.text,
    regions: further.flatMap(({ place, proposal: { text } }) =>
      text === "" ? [] : [{ region: place.region, proposal: text }],
    ),
    disagreements: [
      ...places.flatMap(({ place, matches: there }) =>
        there.flatMap((match) => misplaced(place, graph, match)),
      ),
      ...matches.flatMap((match) => misdeclared(plan, match)),
      ...missing.flatMap((slot) => notFound(plan, slot)),
      ...certificateDisagreements(plan, graph),
      ...compared
        .filter(({ answer }) => answer === "disagrees")
        .map(({ match, number }) => messages(match, number)),
    ],
    agreeing: compared.filter(({ answer }) => answer === "agrees").length,
    unknown: compared.filter(({ answer }) => answer === "untold").map(({ number }) => number.path),
    created: missing
      .filter(({ declared }) => declared === undefined)
      .map((slot) => ({ slot: slotPath(plan, slot), what: labelOf(slot.kind), name: slot.name })),
    undecided: [
      ...read
        .flatMap((one) => one.proposal.withoutParent)
        .map(({ resource }) => ({
          what: resource.address,
          why: "its parent was not found; declare both, or Terraform replaces it",
        })),
      ...places
        .flatMap((one) => one.ambiguous)
        .map(({ slot, candidates }) => ({
          what: slotPath(plan, slot),
          why: `could be ${candidates.map(({ address }) => address).join(" or ")}; write the name of the intended one`,
        })),
    ],
    unclaimed: graph.all().flatMap((resource) => (taken.has(resource) ? [] : [resource.address])),
    notes: graph.unread,
  };
}

function slotPath(plan: Pick<PlatformPlan, "regions">, slot: Slot): string {
  if (slot.kind === "secrets") return `existing.secrets (${slot.of})`;
  const region = slot.path[0] === "regions" ? plan.regions?.[Number(slot.path[1])]?.region : undefined;
  if (region === undefined) return slot.path.join(".");
  // Services of a region are a list: those that are not in it have no position.
  const [, , ...within] = slot.kind === "services" ? [...slot.path.slice(0, 4), slot.of] : slot.path;
  return ["regions", region, ...within].join(".");
}

function answerOf({ stated, found }: NumberToCompare): "agrees" | "disagrees" | "untold" {
  if (found === undefined || found === null || isUnknown(found)) return "untold";
  return sameValue(String(stated), String(found)) ? "agrees" : "disagrees";
}

/** Terraform writes numbers and booleans as text in places, and memory in Mi or Gi. */
function sameValue(stated: string, found: string): boolean {
  return quantity(stated) === quantity(found);
}

function quantity(text: string): string {
  const match = /^(\d+)(Gi|Mi)$/.exec(text);
  if (match !== null) return `${Number(match[1]) * (match[2] === "Gi" ? 1024 : 1)}Mi`;
  const thousandths = /^(\d+)m$/.exec(text);
  return thousandths === null ? text : String(Number(thousandths[1]) / 1000);
}

function messages({ resource }: Match, { path, stated, found, effect }: NumberToCompare): Disagreement {
  return { path, address: resource.address, stated: String(stated), found: String(found), effect };
}

/** Terraform cannot move a resource between projects and regions. */
function misplaced(
  plan: Pick<PlatformPlan, "project" | "region">,
  graph: Graph,
  { resource }: Match,
): Disagreement[] {
  const places = [
    ["project", plan.project, graph.project(resource)],
    ["region", plan.region, isGlobal(resource) ? undefined : graph.region(resource)],
  ] as const;
  return places.flatMap(([path, stated, found]) =>
    found === undefined || found === stated
      ? []
      : [
          {
            path,
            address: resource.address,
            stated,
            found,
            effect:
              "the import fails at plan: the resource is not in the project and region of the environment",
          },
        ],
  );
}

/** Types without a region take none from their provider. */
function isGlobal({ type }: Resource): boolean {
  return /_(global_address|network|managed_zone|secret|service_account|connection|database)$/.test(type);
}

function misdeclared(plan: Pick<PlatformPlan, "regions">, { slot, name, resource }: Match): Disagreement[] {
  if (slot.declared === undefined || slot.name === name) return [];
  return [
    {
      path: slotPath(plan, slot),
      address: resource.address,
      stated: slot.name,
      found: name,
      effect: "the import of the stated name fails at plan: write the name that was found",
    },
  ];
}

function notFound(plan: Pick<PlatformPlan, "regions">, slot: Slot): Disagreement[] {
  if (slot.declared === undefined) return [];
  return [
    {
      path: slotPath(plan, slot),
      address: "-",
      stated: slot.name,
      found: "nothing",
      effect:
        "the import fails at plan if it does not exist: pass all states of the project, or remove the declaration",
    },
  ];
}
