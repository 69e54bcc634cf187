import {
  type DeleteImpact,
  deleteImpactOf,
  type ResourceType,
  resourceTypes,
} from "../../resources/index.ts";
import type { Hazard } from "./hazard.ts";
import { hazards } from "./hazards/index.ts";

/** docs/REVIEW.md: the list of everything that needs an acknowledgement. */
export function reviewDocument(): string {
  return `${[
    "# What a review asks an acknowledgement for",
    "",
    "Generated from `review/destructive/` by `npm run docs`. `npm run review -- ENVIRONMENT` plans every stack (or reads plans with `--plan`) and",
    "says first whether the plans are safe, need an acknowledgement, or are refused. Refused are errors of the rule book on what would be",
    "there afterwards, plans that failed or cannot be read, and the removal of what the state protects; no acknowledgement excuses those.",
    "",
    "A destructive change is one that loses data, traffic or protection, whatever Terraform calls it. It needs an entry in the",
    "environment, with the address and the action of the report, a reason and an expiry date:",
    "",
    "```ts",
    "acknowledgements: [",
    '  { address: "google_vpc_access_connector.connector_CF629986", action: "replace", reason: "smaller connector, announced for Sunday", expires: "2026-12-06" },',
    "],",
    "```",
    "",
    "An expired one covers nothing, and one that covers nothing is listed so that it is removed. Where two stacks destroy something at the",
    'same address, write `"STACK: ADDRESS"`.',
    "",
    "## `update`: changes in place that destroy all the same",
    "",
    "| what changes | of which kind | what is lost |",
    "| --- | --- | --- |",
    ...hazards.filter(({ action }) => action === "update").map(row),
    "",
    "Plans do not contain Terraform's `prevent_destroy`; it stops the plan itself. They do not contain `dynamic` blocks",
    "either: backups of a database that a dynamic block configures look as if they were not configured.",
    "",
    "## `destroy` and `replace`: kinds whose removal loses something",
    "",
    "A type that is on neither list needs an acknowledgement too: the catalogue (`resources/types/`) does not say yet that it holds nothing.",
    "",
    "| kind | types | destroyed | replaced |",
    "| --- | --- | --- | --- |",
    ...impacts().map(impactRow),
    "| Kubernetes object | `kubernetes_manifest`, by its kind | `destroy` | `replace` |",
    "| IAM binding or policy | `*_iam_binding`, `*_iam_policy` | `destroy` | `replace` |",
    "| public grant | `*_iam_member` of `allUsers` or `allAuthenticatedUsers` | `destroy` | `replace` |",
    "",
    'What Terraform only removes from its state (`deletion_policy = "ABANDON"`, a `removed` block) needs none. What an earlier replacement left',
    "over (a deposed object) needs one only where it holds data.",
    "",
    "## Kinds whose removal needs none",
    "",
    "| types | why |",
    "| --- | --- |",
    ...safeTypes().map(([reason, types]) => `| ${types.map(code).join(", ")} | ${reason} |`),
    "| `*_iam_member` | a grant to one member: the rule book says which service still needs it (identity/secret-access, identity/sql-client) |",
  ].join("\n")}\n`;
}

function row({ what, types, why }: Hazard): string {
  const kinds =
    types === "all"
      ? "every kind"
      : types.length > 6
        ? "every kind that holds data"
        : types.map(code).join(", ");
  return `| ${what} | ${kinds} | ${why} |`;
}

/** Types with something to lose; one row per family. */
function impacts(): readonly (readonly ResourceType[])[] {
  const families = new Map<DeleteImpact, ResourceType[]>();
  for (const entry of resourceTypes) {
    const impact = deleteImpactOf(entry.type);
    if (impact !== undefined) families.set(impact, [...(families.get(impact) ?? []), entry]);
  }
  return [...families.values()];
}

function impactRow(family: readonly ResourceType[]): string {
  const [first] = family;
  const impact = first?.deleteImpact as DeleteImpact;
  const types = family.map(({ type }) => code(type)).join(", ");
  const replaced = "replaced" in impact ? impact.replaced : impact.destroyed;
  const label = `${first?.label}${impact.holdsData === true ? " (holds data)" : ""}`;
  return `| ${label} | ${types} | ${needed(impact.destroyed, "destroy")} | ${needed(replaced, "replace")} |`;
}

/** By reason, the types whose deletion loses nothing. */
function safeTypes(): [reason: string, types: string[]][] {
  const reasons = new Map<string, string[]>();
  for (const { type, deleteImpact } of resourceTypes)
    if (deleteImpact !== undefined && "safe" in deleteImpact)
      reasons.set(deleteImpact.safe, [...(reasons.get(deleteImpact.safe) ?? []), type]);
  return [...reasons];
}

function needed(consequence: unknown, word: string): string {
  return consequence === undefined ? "none" : code(word);
}

function code(text: string): string {
  return `\`${text}\``;
}
