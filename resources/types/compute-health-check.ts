import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  safe: "the API rejects the deletion of one that is in use",
};

/** Health checks. */
export const computeHealthChecks: readonly ResourceType[] = [
  {
    type: "google_compute_health_check",
    label: "health check",
    nameScope: "project",
    collection: "healthChecks",
    deleteImpact,
  },
  { type: "google_compute_region_health_check", label: "health check", deleteImpact },
];
