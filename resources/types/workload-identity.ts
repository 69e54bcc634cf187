import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "whoever signs in or is allowed through it loses access; its name is blocked for 30 days",
  replaced:
    "whoever signs in or is allowed through it loses access; its name is blocked for 30 days, so that creation fails unless the name changes",
};

/** Identities and roles whose names stay blocked after a deletion. */
export const workloadIdentity: readonly ResourceType[] = [
  {
    type: "google_iam_workload_identity_pool",
    label: "identity",
    nameAttribute: "workload_identity_pool_id",
    deleteImpact,
  },
  { type: "google_iam_workload_identity_pool_provider", label: "identity", deleteImpact },
  { type: "google_project_iam_custom_role", label: "identity", nameAttribute: "role_id", deleteImpact },
];
