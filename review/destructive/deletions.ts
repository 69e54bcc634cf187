import { deleteImpactOf, impactOfDeletion, resourceType } from "../../resources/index.ts";
import type { ReviewContext } from "../context.ts";
import { someOf } from "../plan/compare.ts";
import { KUBERNETES_MANIFEST } from "../plan/kubernetes-object.ts";
import type { PlannedChange } from "../plan/planned-change.ts";
import { title, why } from "../plan/title.ts";
import type { Hazard } from "./hazard.ts";
import { impactOfObject, UNKNOWN_TYPE } from "./kubernetes-deletion.ts";

/** Types of IAM resources that hold a whole role or a whole policy, by their ending. */
export const AUTHORITATIVE = /_iam_(binding|policy)$/;
export const MEMBER = /_iam_member$/;

export const EVERYBODY = new Set(["allUsers", "allAuthenticatedUsers"]);

/** What is destroyed, and what is destroyed in order to be recreated. */
export const deletionHazards: readonly Hazard[] = [
  {
    types: "all",
    action: "destroy",
    what: "a resource is destroyed",
    why: "see the list of types",
    find: (change, context) =>
      change.action === "destroy" ? sentence(change, impactOf(change, context, "destroyed")) : undefined,
  },
  {
    types: "all",
    action: "replace",
    what: "a resource is destroyed and recreated",
    why: "see the list of types",
    find: (change, context) =>
      change.action === "replace" ? sentence(change, impactOf(change, context, "replaced")) : undefined,
  },
];

function impactOf(
  change: PlannedChange,
  context: ReviewContext,
  action: "destroyed" | "replaced",
): string | undefined {
  const { type } = change;
  if (AUTHORITATIVE.test(type)) return impactOfRole(change);
  if (MEMBER.test(type)) return impactOfPublicGrant(change, context);
  if (type === KUBERNETES_MANIFEST) return impactOfObject(change, context, action);
  if (resourceType(type)?.deleteImpact === undefined) return UNKNOWN_TYPE;
  // A deposed object serves no traffic, but may hold data.
  if (change.deposed !== undefined && deleteImpactOf(type)?.holdsData !== true) return undefined;
  return impactOfDeletion(type, action, { ...change, users: context.users(change) });
}

/** An IAM binding or policy holds a role for all its members: without it they all lose the role. */
function impactOfRole(change: PlannedChange): string {
  const role = change.before.string("role");
  const members = change.before.get("members");
  const names = Array.isArray(members) ? members.filter((member) => typeof member === "string") : [];
  const who = names.length === 0 ? "all its members" : someOf(names);
  return role === undefined
    ? "every grant in it is revoked"
    : `${who} lose${names.length === 1 ? "s" : ""} ${role}`;
}

/** Revoking public access cuts traffic, unless another address grants it too. */
function impactOfPublicGrant(change: PlannedChange, context: ReviewContext): string | undefined {
  const member = change.before.string("member") ?? "";
  const role = change.before.string("role") ?? "";
  if (!EVERYBODY.has(member)) return undefined;
  const isKept = context.changes.some(
    (other) =>
      other.type === change.type &&
      other.after.string("member") === member &&
      other.after.string("role") === role &&
      other.address !== change.address &&
      other.after.string("name") === change.before.string("name"),
  );
  return isKept ? undefined : `${member} lose ${role}: requests without a token get 403`;
}

function sentence(change: PlannedChange, what: string | undefined): string | undefined {
  if (what === undefined) return undefined;
  const verb = change.action === "replace" ? "REPLACED" : "DESTROYED";
  const leftover =
    change.deposed === undefined ? "" : ` (deposed object ${change.deposed} of an earlier replacement)`;
  return `${title(change, labelOf(change.type))}${leftover} is ${verb}${why(change)}: ${what}.`;
}

/** The label of the type; undefined for types outside the catalogue. */
export function labelOf(type: string): string | undefined {
  return resourceType(type)?.label;
}
