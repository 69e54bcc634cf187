import type { ResourceType } from "../resource-type.ts";

/** Notification channel. */
export const monitoringNotificationChannel: ResourceType = {
  type: "google_monitoring_notification_channel",
  label: "notification channel",
  nameAttribute: null,
  externalKind: "notification-channel",
  requiredRole: "roles/monitoring.notificationChannelEditor",
  deleteImpact: {
    destroyed: "nobody is alerted through it any more",
    replaced: undefined,
  },
};
