import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "packets that took it are dropped or take another route",
  replaced: "packets that took it are dropped or take another route until the new one exists",
};

/** Routes and VPN. */
export const computeRoutes: readonly ResourceType[] = [
  {
    type: "google_compute_route",
    label: "route",
    references: { network: ["google_compute_network"] },
    deleteImpact,
  },
  {
    type: "google_compute_vpn_tunnel",
    label: "route",
    references: { router: ["google_compute_router"] },
    deleteImpact,
  },
  { type: "google_compute_vpn_gateway", label: "route", deleteImpact },
  {
    type: "google_compute_router_interface",
    label: "route",
    references: { router: ["google_compute_router"] },
  },
  { type: "google_compute_router_peer", label: "route", references: { router: ["google_compute_router"] } },
  { type: "google_compute_ha_vpn_gateway", label: "route", deleteImpact },
];
