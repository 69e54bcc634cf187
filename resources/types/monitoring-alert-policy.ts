import type { ResourceType } from "../resource-type.ts";

/** Alert policy. */
export const monitoringAlertPolicy: ResourceType = {
  type: "google_monitoring_alert_policy",
  label: "alert",
  nameAttribute: null,
  requiredRole: "roles/monitoring.alertPolicyEditor",
  deleteImpact: {
    destroyed: "nobody is alerted any more when its condition is met",
    replaced: undefined,
  },
};
