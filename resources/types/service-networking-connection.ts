import { isAbandoned } from "../impact.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) =>
    isAbandoned(before)
      ? undefined
      : "nothing in the VPC can reach the database and Redis any more, or the apply fails while they use it",
  replaced: "nothing in the VPC can reach the database and Redis until the new one exists",
};

/** Private services access, and peerings of VPC networks. */
export const serviceNetworkingConnection: readonly ResourceType[] = [
  {
    type: "google_service_networking_connection",
    label: "private services connection",
    importId: "projects/{project}/global/networks/{name}:servicenetworking.googleapis.com",
    requiredRole: "roles/compute.networkAdmin",
    references: { network: ["google_compute_network"] },
    deleteImpact,
  },
  {
    type: "google_compute_network_peering",
    label: "private services connection",
    references: { network: ["google_compute_network"] },
    deleteImpact,
  },
];
