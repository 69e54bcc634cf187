import { someOf } from "../../plan/compare.ts";
import type { PlannedChange } from "../../plan/planned-change.ts";
import type { Removal } from "./removal.ts";

/** Types of IAM resources that speak for a whole role or a whole policy, by their ending. */
export const AUTHORITATIVE = /_iam_(binding|policy)$/;
export const MEMBER = /_iam_member$/;

export const EVERYBODY = new Set(["allUsers", "allAuthenticatedUsers"]);

/** What says who may do what. */
export const identityRemovals: readonly Removal[] = [
  {
    types: ["google_service_account"],
    noun: "service account",
    destroyed:
      "whatever runs as it fails; its grants are lost and do not come back with a new one of the same name",
    replaced:
      "whatever runs as it fails until it is restarted; its grants are lost and do not come back with a new one of the same name",
  },
  {
    types: ["google_service_account_key"],
    noun: "key of a service account",
    destroyed: "whoever uses it is locked out",
    replaced: "whoever uses it is locked out",
  },
  {
    types: ["google_project_service"],
    noun: "API",
    destroyed: ({ before }) => {
      const api = before.string("service") ?? "";
      return before.boolean("disable_on_destroy") === false
        ? `${api} stays enabled, but nothing here keeps it so`
        : `${api} is disabled, and what it runs stops working`;
    },
    replaced: ({ before }) =>
      before.boolean("disable_on_destroy") === false
        ? undefined
        : `${before.string("service") ?? ""} is disabled for a moment, and what it runs stops working`,
  },
  {
    types: ["google_project", "google_folder"],
    noun: "project",
    destroyed: "everything in it is deleted",
    replaced: "everything in it is deleted",
  },
  {
    types: [
      "google_iam_workload_identity_pool",
      "google_iam_workload_identity_pool_provider",
      "google_project_iam_custom_role",
    ],
    noun: "identity",
    destroyed: "whoever signs in or is allowed through it is locked out; its name is blocked for 30 days",
    replaced:
      "whoever signs in or is allowed through it is locked out; its name is blocked for 30 days, so that creation fails unless the name changes",
  },
];

/** An IAM binding or policy speaks for everybody who holds the role: without it they all lose it. */
export function authoritativeRemoval(change: PlannedChange): string {
  const role = change.before.string("role");
  const members = change.before.get("members");
  const names = Array.isArray(members) ? members.filter((member) => typeof member === "string") : [];
  const who = names.length === 0 ? "everybody who has it" : someOf(names);
  return role === undefined
    ? "every grant in it is taken away"
    : `${who} lose${names.length === 1 ? "s" : ""} ${role}`;
}
