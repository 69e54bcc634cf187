import type { ResourceType } from "../resource-type.ts";

/** Cloud Scheduler job. */
export const cloudSchedulerJob: ResourceType = {
  type: "google_cloud_scheduler_job",
  label: "schedule",
  requiredRole: "roles/cloudscheduler.admin",
  deleteImpact: {
    destroyed: "what it started is not started any more",
    replaced: undefined,
  },
};
