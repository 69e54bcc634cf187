import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the data in it are deleted",
  holdsData: true,
};

const networkInterface = {
  "network_interface.network": ["google_compute_network"],
  "network_interface.subnetwork": ["google_compute_subnetwork"],
};

/** Stores of other products. */
export const dataStores: readonly ResourceType[] = [
  { type: "google_bigquery_dataset", label: "storage", nameAttribute: "dataset_id", deleteImpact },
  { type: "google_bigquery_table", label: "storage", deleteImpact },
  { type: "google_compute_disk", label: "storage", deleteImpact },
  { type: "google_compute_region_disk", label: "storage", deleteImpact },
  { type: "google_firestore_database", label: "storage", deleteImpact },
  { type: "google_bigtable_instance", label: "storage", deleteImpact },
  { type: "google_bigtable_table", label: "storage", deleteImpact },
  {
    type: "google_compute_instance",
    label: "storage",
    references: networkInterface,
    // Where the block is written, the reference names the instance as a whole.
    server: {
      kind: "machine",
      address: /^$|^network_interface.*network_ip/,
      network: ["network_interface.network"],
    },
    deleteImpact,
  },
  { type: "google_compute_instance_template", label: "instance template", references: networkInterface },
];
