import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = { safe: "can be created again from the code" };

/** What can be created again from the code. */
export const reproducible: readonly ResourceType[] = [
  { type: "google_project_service_identity", label: "service identity", deleteImpact },
  {
    type: "google_storage_bucket_object",
    label: "bucket object",
    references: { bucket: ["google_storage_bucket"] },
    deleteImpact,
  },
  { type: "google_compute_project_metadata_item", label: "metadata item", deleteImpact },
];
