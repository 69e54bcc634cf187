import type { ResourceType } from "../resource-type.ts";
import { routerFields } from "./hybrid-connectivity.ts";

/** Cloud Router. */
export const computeRouter: ResourceType = {
  type: "google_compute_router",
  label: "router",
  nameScope: "region",
  collection: "routers",
  externalKind: "router",
  importId: "projects/{project}/regions/{region}/routers/{name}",
  requiredRole: "roles/compute.networkAdmin",
  references: { network: ["google_compute_network"] },
  deleteImpact: {
    destroyed:
      "its Cloud NAT and its VPN are deleted with it: nothing behind it can reach the outside any more",
    replaced: "its Cloud NAT and its VPN are deleted with it until the new one exists",
  },
  fieldRules: [routerFields],
};
