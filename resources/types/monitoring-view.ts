import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  safe: "shows what happens; alerts are judged themselves",
};

/** What shows and counts, and alerts nobody by itself. */
export const monitoringViews: readonly ResourceType[] = [
  {
    type: "google_monitoring_dashboard",
    label: "dashboard",
    requiredRole: "roles/monitoring.dashboardEditor",
    deleteImpact,
  },
  { type: "google_monitoring_group", label: "monitoring group", deleteImpact },
  {
    type: "google_monitoring_custom_service",
    label: "monitored service",
    nameAttribute: "service_id",
    requiredRole: "roles/monitoring.servicesEditor",
    deleteImpact,
  },
  {
    type: "google_monitoring_service",
    label: "monitored service",
    nameAttribute: "service_id",
    deleteImpact,
  },
  {
    type: "google_monitoring_slo",
    label: "objective",
    nameAttribute: "slo_id",
    requiredRole: "roles/monitoring.servicesEditor",
    deleteImpact,
  },
  {
    type: "google_logging_metric",
    label: "log-based metric",
    requiredRole: "roles/logging.configWriter",
    deleteImpact,
  },
];
