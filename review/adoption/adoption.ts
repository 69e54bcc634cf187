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
    | "existingSlots"
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
  const { matches, ambiguous, missing, left } = recognize(plan, graph);
  const proposal = proposalOf(plan, matches);
  const compared = matches.flatMap((match) =>
    numbersOf(plan, match).map((number) => ({ match, number, answer: answerOf(number) })),
  );
  return {
    environment: plan.name,
    found: matches.map(({ slot, resource, name, by }) => ({
      slot: slotPath(slot),
      address: resource.address,
      name,
      recognizedBy: by,
    })),
    proposal: proposal.text,
    disagreements: [
      ...matches.flatMap((match) => misplaced(plan, graph, match)),
      ...matches.flatMap(misdeclared),
      ...missing.flatMap(notFound),
      ...certificateDisagreements(plan, graph),
      ...compared
        .filter(({ answer }) => answer === "disagrees")
        .map(({ match, number }) => messages(match, number)),
    ],
    agreeing: compared.filter(({ answer }) => answer === "agrees").length,
    unknown: compared.filter(({ answer }) => answer === "untold").map(({ number }) => number.path),
    created: missing
      .filter(({ declared }) => declared === undefined)
      .map((slot) => ({ slot: slotPath(slot), what: labelOf(slot.kind), name: slot.name })),
    undecided: [
      ...proposal.withoutParent.map(({ resource }) => ({
        what: resource.address,
        why: "its parent was not found; declare both, or Terraform replaces it",
      })),
      ...ambiguous.map(({ slot, candidates }) => ({
        what: slotPath(slot),
        why: `could be ${candidates.map(({ address }) => address).join(" or ")}; write the name of the intended one`,
      })),
    ],
    unclaimed: left.map(({ address }) => address),
    notes: graph.unread,
  };
}

function slotPath(slot: Slot): string {
  if (slot.kind === "secrets") return `existing.secrets (${slot.of})`;
  return slot.path.join(".");
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

function misdeclared({ slot, name, resource }: Match): Disagreement[] {
  if (slot.declared === undefined || slot.name === name) return [];
  return [
    {
      path: slotPath(slot),
      address: resource.address,
      stated: slot.name,
      found: name,
      effect: "the import of the stated name fails at plan: write the name that was found",
    },
  ];
}

function notFound(slot: Slot): Disagreement[] {
  if (slot.declared === undefined) return [];
  return [
    {
      path: slotPath(slot),
      address: "-",
      stated: slot.name,
      found: "nothing",
      effect:
        "the import fails at plan if it does not exist: pass all states of the project, or remove the declaration",
    },
  ];
}
