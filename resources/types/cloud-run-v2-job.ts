import type { ResourceType } from "../resource-type.ts";

/** Cloud Run job. */
export const cloudRunJob: ResourceType = {
  type: "google_cloud_run_v2_job",
  label: "job",
  collection: "jobs",
  externalKind: "job",
  requiredRole: "roles/run.admin",
  deleteImpact: { safe: "runs when it is started; what starts it is judged itself" },
};
