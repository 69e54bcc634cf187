import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed: "the data in it are deleted",
  holdsData: true,
};

/** Stores of other products. */
export const dataStores: readonly ResourceType[] = [
  { type: "google_bigquery_dataset", label: "storage", nameAttribute: "dataset_id", deleteImpact },
  { type: "google_bigquery_table", label: "storage", deleteImpact },
  { type: "google_compute_disk", label: "storage", deleteImpact },
  { type: "google_compute_region_disk", label: "storage", deleteImpact },
  { type: "google_filestore_instance", label: "storage", deleteImpact },
  { type: "google_firestore_database", label: "storage", deleteImpact },
  { type: "google_alloydb_cluster", label: "storage", deleteImpact },
  { type: "google_alloydb_instance", label: "storage", deleteImpact },
  { type: "google_bigtable_instance", label: "storage", deleteImpact },
  { type: "google_bigtable_table", label: "storage", deleteImpact },
  { type: "google_compute_instance", label: "storage", deleteImpact },
];
