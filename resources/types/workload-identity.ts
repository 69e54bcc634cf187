import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "identities that sign in through it lose access; its name is blocked for 30 days",
  replaced:
    "identities that sign in through it lose access; its name is blocked for 30 days, so that creation fails unless the name changes",
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
