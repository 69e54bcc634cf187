import type { ResourceType } from "../resource-type.ts";

/** Cloud NAT. */
export const computeRouterNat: ResourceType = {
  type: "google_compute_router_nat",
  label: "Cloud NAT",
  importId: "projects/{project}/regions/{region}/routers/{parent}/{name}",
  requiredRole: "roles/compute.networkAdmin",
  deleteImpact: {
    destroyed: "nothing in the VPC can reach the internet any more, and all open connections are cut",
    replaced:
      "nothing in the VPC can reach the internet until the new one exists, and all open connections are cut",
  },
};
