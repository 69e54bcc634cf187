import { range } from "../constraints/index.ts";
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
    fieldRules: [
      {
        id: "reachability/hybrid-shape",
        source: "https://docs.cloud.google.com/vpc/docs/routes",
        constraints: [range("priority", { low: 0, high: 65_535 })],
      },
    ],
  },
  { type: "google_compute_vpn_gateway", label: "route", deleteImpact },
];
