import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "attacks and floods reach the services",
  replaced:
    "attacks and floods reach the services until the new one is attached, or the apply fails while it is in use",
};

/** Cloud Armor policies. */
export const computeSecurityPolicies: readonly ResourceType[] = [
  {
    type: "google_compute_security_policy",
    label: "Cloud Armor policy",
    collection: "securityPolicies",
    requiredRole: "roles/compute.securityAdmin",
    deleteImpact,
  },
  { type: "google_compute_region_security_policy", label: "Cloud Armor policy", deleteImpact },
];
