import type { ResourceType } from "../resource-type.ts";

/** VPC network. */
export const computeNetwork: ResourceType = {
  type: "google_compute_network",
  label: "VPC network",
  nameScope: "project",
  collection: "networks",
  externalKind: "network",
  importId: "projects/{project}/global/networks/{name}",
  requiredRole: "roles/compute.networkAdmin",
  deleteImpact: {
    destroyed: "everything in it loses its private addresses; the apply fails while something is in it",
  },
};
