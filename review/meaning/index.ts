import { labelOf } from "../guard/deletions.ts";
import { someOf } from "../plan/compare.ts";
import type { PlannedChange } from "../plan/planned-change.ts";
import { title, why } from "../plan/title.ts";
import type { Surroundings } from "../surroundings.ts";
import { api } from "./api.ts";
import { cloudRun } from "./cloud-run.ts";
import { connector } from "./connector.ts";
import { database } from "./database.ts";
import { edge } from "./edge.ts";
import { tellMember } from "./identity.ts";
import { kubernetes } from "./kubernetes.ts";
import type { Meaning } from "./meaning.ts";
import { network } from "./network.ts";
import { redis } from "./redis.ts";
import { secret } from "./secret.ts";

const meanings: readonly Meaning[] = [
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
const byType = new Map(meanings.flatMap((meaning) => meaning.types.map((type) => [type, meaning] as const)));

/** What the change means: what it destroys first, then what its kind makes of it, else what changes. */
export function meaningOf(
  change: PlannedChange,
  around: Surroundings,
  losses: readonly string[],
): readonly string[] {
  const beside = besides(change);
  const own = change.deposed === undefined ? ofKind(change, around) : leftover(change);
  const said = [...losses, ...own, ...beside];
  return said.length > 0 ? [...new Set(said)] : fallback(change);
}

function ofKind(change: PlannedChange, around: Surroundings): readonly string[] {
  return tellMember(change) ?? byType.get(change.type)?.tell(change, around) ?? [];
}

function leftover(change: PlannedChange): readonly string[] {
  return [
    `what an earlier replacement left over of ${title(change, labelOf(change.type))} (deposed ${change.deposed}) is deleted.`,
  ];
}

/** What may happen beside any action. */
function besides(change: PlannedChange): string[] {
  const name = title(change, labelOf(change.type));
  return [
    ...(change.importedFrom === undefined
      ? []
      : [
          change.action === "replace"
            ? `${name} is IMPORTED from ${change.importedFrom} and destroyed at once to be made anew.`
            : `${name} is imported from ${change.importedFrom}: Terraform manages it from now on.`,
        ]),
    ...(change.movedFrom === undefined
      ? []
      : [`${name} only gets another address in the state; it was ${change.movedFrom}.`]),
    ...(change.action === "forget"
      ? [`${name} stays in Google Cloud as it is, and nothing here manages or protects it any more.`]
      : []),
  ];
}

/** Any other kind: what happens, and which attributes differ. */
function fallback(change: PlannedChange): string[] {
  const name = title(change, labelOf(change.type));
  if (change.action === "create") return [`${name} is made.`];
  if (change.action === "destroy" && change.before.string("deletion_policy") === "ABANDON")
    return [`${name} stays in Google Cloud: Terraform only forgets it (deletion_policy ABANDON).`];
  if (change.action === "destroy") return [`${name} is destroyed${why(change)}.`];
  if (change.action === "replace") return [`${name} is replaced${why(change)}.`];
  if (change.action !== "update") return [];
  const paths = [...new Set(change.attributes.map(({ path }) => path.replace(/\.\d+(?=\.|$)/g, "")))];
  return paths.length === 0 ? [] : [`${name} changes ${someOf(paths)} in place.`];
}
