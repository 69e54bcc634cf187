import type { ResourceType } from "../resource-type.ts";

/** Uptime check. */
export const monitoringUptimeCheckConfig: ResourceType = {
  type: "google_monitoring_uptime_check_config",
  label: "uptime check",
  nameAttribute: null,
  requiredRole: "roles/monitoring.uptimeCheckConfigEditor",
  deleteImpact: {
    destroyed: "nobody is alerted from outside any more when the service is down",
    replaced: undefined,
  },
};
