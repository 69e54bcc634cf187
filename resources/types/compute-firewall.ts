import type { Attributes } from "../attributes.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => firewallEffect(before, "permanently"),
  replaced: ({ before }) => firewallEffect(before, "until the new one exists"),
};

/** Firewall rules. */
export const computeFirewall: readonly ResourceType[] = [
  {
    type: "google_compute_firewall",
    label: "firewall rule",
    nameScope: "project",
    requiredRole: "roles/compute.securityAdmin",
    deleteImpact,
  },
  { type: "google_compute_firewall_policy_rule", label: "firewall rule", deleteImpact },
  { type: "google_compute_network_firewall_policy_rule", label: "firewall rule", deleteImpact },
];

function firewallEffect(before: Attributes, howLong: string): string {
  return before.blocks("deny").length > 0
    ? `what it denied is let through ${howLong}`
    : `what it allowed is dropped ${howLong}, unless another rule allows it`;
}
