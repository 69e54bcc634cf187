import type { Attributes } from "../attributes.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => `nothing answers on ${frontEnd(before)} any more`,
  replaced: ({ before }) => `nothing answers on ${frontEnd(before)} until the new one exists`,
};

/** Front end of a load balancer. */
export const computeForwardingRules: readonly ResourceType[] = [
  {
    type: "google_compute_global_forwarding_rule",
    label: "forwarding rule",
    requiredRole: "roles/compute.loadBalancerAdmin",
    deleteImpact,
  },
  { type: "google_compute_forwarding_rule", label: "forwarding rule", deleteImpact },
];

function frontEnd(before: Attributes): string {
  const [address, port] = [before.string("ip_address") ?? "its address", before.string("port_range")];
  return port === undefined ? address : `${address}, port ${port.replace(/^(\d+)-\1$/, "$1")}`;
}
