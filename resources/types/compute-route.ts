import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "packets that took it are dropped or take another route",
  replaced: "packets that took it are dropped or take another route until the new one exists",
};

/** Routes, and gateways of Classic VPN. */
export const computeRoutes: readonly ResourceType[] = [
  {
    type: "google_compute_route",
    label: "route",
    references: { network: ["google_compute_network"] },
    deleteImpact,
  },
  { type: "google_compute_vpn_gateway", label: "route", deleteImpact },
];
