import { range } from "../constraints/index.ts";
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
  fieldRules: [
    {
      id: "reachability/network-mtu",
      why: "A packet of a VPC network has a bounded size.",
      source: "https://docs.cloud.google.com/vpc/docs/mtu",
      constraints: [range("mtu", { low: 1300, high: 8896, unit: "bytes", zeroIsUnset: true })],
    },
  ],
  deleteImpact: {
    destroyed: "everything in it loses its private addresses; the apply fails while something is in it",
  },
};
