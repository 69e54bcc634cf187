import type { ResourceType } from "../resource-type.ts";

/** Cluster of Kubernetes Engine. */
export const containerCluster: ResourceType = {
  type: "google_container_cluster",
  label: "cluster",
  references: { network: ["google_compute_network"], subnetwork: ["google_compute_subnetwork"] },
};
