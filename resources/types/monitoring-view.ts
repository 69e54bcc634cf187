import type { ResourceType } from "../resource-type.ts";

/** Of what shows and counts, and alerts nobody by itself. */
export const viewImpact = {
  safe: "shows what happens; alerts are judged themselves",
};

/** What dashboards, objectives and alerts are about. */
export const monitoringViews: readonly ResourceType[] = [
  { type: "google_monitoring_group", label: "monitoring group", deleteImpact: viewImpact },
  {
    type: "google_monitoring_custom_service",
    label: "monitored service",
    nameAttribute: "service_id",
    requiredRole: "roles/monitoring.servicesEditor",
    deleteImpact: viewImpact,
  },
  {
    type: "google_monitoring_service",
    label: "monitored service",
    nameAttribute: "service_id",
    deleteImpact: viewImpact,
  },
];
