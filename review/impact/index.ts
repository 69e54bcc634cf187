import type { ReviewContext } from "../context.ts";
import { labelOf } from "../destructive/deletions.ts";
import { someOf } from "../plan/compare.ts";
import type { PlannedChange } from "../plan/planned-change.ts";
import { title, why } from "../plan/title.ts";
import { api } from "./api.ts";
import { cloudRun } from "./cloud-run.ts";
import { connector } from "./connector.ts";
import { database } from "./database.ts";
import { edge } from "./edge.ts";
import { describeMember } from "./identity.ts";
import type { ImpactDescription } from "./impact.ts";
import { kubernetes } from "./kubernetes.ts";
import { network } from "./network.ts";
import { redis } from "./redis.ts";
import { secret } from "./secret.ts";

const descriptions: readonly ImpactDescription[] = [
  api,
  cloudRun,
  connector,
  database,
  redis,
  secret,
  kubernetes,
  ...network,
  ...edge,
];
const byType = new Map(descriptions.flatMap((impact) => impact.types.map((type) => [type, impact] as const)));

/** The impact of the change: what is lost, then what its type implies, else which attributes differ. */
export function describeChange(
  change: PlannedChange,
  context: ReviewContext,
  consequences: readonly string[],
): readonly string[] {
  const own = change.deposed === undefined ? describeType(change, context) : leftover(change);
  const messages = [...consequences, ...own, ...notes(change)];
  return messages.length > 0 ? [...new Set(messages)] : fallback(change);
}

function describeType(change: PlannedChange, context: ReviewContext): readonly string[] {
  return describeMember(change) ?? byType.get(change.type)?.describe(change, context) ?? [];
}

function leftover(change: PlannedChange): readonly string[] {
  return [
    `the deposed object of ${title(change, labelOf(change.type))} (${change.deposed}), left by an earlier replacement, is deleted.`,
  ];
}

/** Notes that apply to any action. */
function notes(change: PlannedChange): string[] {
  const name = title(change, labelOf(change.type));
  return [
    ...(change.importedFrom === undefined
      ? []
      : [
          change.action === "replace"
            ? `${name} is IMPORTED from ${change.importedFrom}, then destroyed at once and recreated.`
            : `${name} is imported from ${change.importedFrom}: Terraform manages it from now on.`,
        ]),
    ...(change.movedFrom === undefined ? [] : [`${name} only moves in the state, from ${change.movedFrom}.`]),
    ...(change.action === "forget"
      ? [`${name} stays in Google Cloud as it is, no longer managed or protected by Terraform.`]
      : []),
  ];
}

/** Any other type: what happens, and which attributes differ. */
function fallback(change: PlannedChange): string[] {
  const name = title(change, labelOf(change.type));
  if (change.action === "create") return [`${name} is created.`];
  if (change.action === "destroy" && change.before.string("deletion_policy") === "ABANDON")
    return [
      `${name} stays in Google Cloud: Terraform only removes it from the state (deletion_policy ABANDON).`,
    ];
  if (change.action === "destroy") return [`${name} is destroyed${why(change)}.`];
  if (change.action === "replace") return [`${name} is replaced${why(change)}.`];
  if (change.action !== "update") return [];
  const paths = [...new Set(change.attributes.map(({ path }) => path.replace(/\.\d+(?=\.|$)/g, "")))];
  return paths.length === 0 ? [] : [`${name} changes ${someOf(paths)} in place.`];
}
