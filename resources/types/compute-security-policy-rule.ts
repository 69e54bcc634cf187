import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "what it blocked reaches the services",
  replaced: undefined,
};

/** Rules of a Cloud Armor policy. */
export const computeSecurityPolicyRules: readonly ResourceType[] = [
  {
    type: "google_compute_security_policy_rule",
    label: "Cloud Armor rule",
    requiredRole: "roles/compute.securityAdmin",
    deleteImpact,
  },
  { type: "google_compute_region_security_policy_rule", label: "Cloud Armor rule", deleteImpact },
];
