import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  safe: "names a service for a backend; the API rejects the deletion of one that is in use",
};

/** Network endpoint groups. */
export const computeNetworkEndpointGroups: readonly ResourceType[] = [
  {
    type: "google_compute_region_network_endpoint_group",
    label: "network endpoint group",
    collection: "networkEndpointGroups",
    requiredRole: "roles/compute.loadBalancerAdmin",
    deleteImpact,
  },
  { type: "google_compute_global_network_endpoint_group", label: "network endpoint group", deleteImpact },
];
