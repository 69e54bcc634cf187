import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: ({ before }) => releasedAddress(before.string("address"), before.string("purpose")),
};

/** Static addresses and allocated ranges. */
export const computeAddresses: readonly ResourceType[] = [
  {
    type: "google_compute_address",
    label: "address",
    collection: "addresses",
    externalKind: "address",
    importId: "projects/{project}/regions/{region}/addresses/{name}",
    references: { network: ["google_compute_network"], subnetwork: ["google_compute_subnetwork"] },
    requiredRole: "roles/compute.networkAdmin",
    deleteImpact,
  },
  {
    type: "google_compute_global_address",
    label: "address",
    nameScope: "project",
    collection: "addresses",
    externalKind: "address",
    importId: "projects/{project}/global/addresses/{name}",
    references: { network: ["google_compute_network"] },
    requiredRole: "roles/compute.networkAdmin",
    environmentKeys: {
      address: "network.addresses.privateServices",
      prefix_length: "network.addresses.privateServices",
    },
    deleteImpact,
  },
];

function releasedAddress(address: string | undefined, purpose: string | undefined): string {
  if (purpose === "VPC_PEERING")
    return "its range is released: new databases and caches get no address from it, and those in it keep it in use";
  const which = address === undefined ? "" : ` ${address}`;
  return `the IP address${which} is released and cannot be had again: clients that have it in DNS or on an allow-list lose access`;
}
