import type { ResourceType } from "../resource-type.ts";

/** Cloud Storage bucket. */
export const storageBucket: ResourceType = {
  type: "google_storage_bucket",
  label: "bucket",
  requiredRole: "roles/storage.admin",
  derived: { url: "gs://{name}" },
  deleteImpact: {
    destroyed: ({ before }) =>
      before.boolean("force_destroy") === true
        ? "all objects in it are deleted (force_destroy is true)"
        : "its objects are deleted with it, or the apply fails because there are some",
    holdsData: true,
  },
};
