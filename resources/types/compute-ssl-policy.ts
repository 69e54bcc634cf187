import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  safe: "the API rejects the deletion of one that is in use",
};

/** SSL policies. */
export const computeSslPolicies: readonly ResourceType[] = [
  {
    type: "google_compute_ssl_policy",
    label: "SSL policy",
    collection: "sslPolicies",
    requiredRole: "roles/compute.securityAdmin",
    deleteImpact,
  },
  { type: "google_compute_region_ssl_policy", label: "SSL policy", deleteImpact },
];
