import type { Removal } from "./removal.ts";

/** What wakes people. */
export const operationsRemovals: readonly Removal[] = [
  {
    types: ["google_monitoring_alert_policy"],
    noun: "alert",
    destroyed: "nobody is told any more when it would have fired",
    replaced: undefined,
  },
  {
    types: ["google_monitoring_notification_channel"],
    noun: "notification channel",
    destroyed: "nobody is told through it any more",
    replaced: undefined,
  },
  {
    types: ["google_monitoring_uptime_check_config"],
    noun: "uptime check",
    destroyed: "nobody notices from outside that the service is down",
    replaced: undefined,
  },
  {
    types: ["google_cloud_scheduler_job"],
    noun: "schedule",
    destroyed: "what it started is not started any more",
    replaced: undefined,
  },
];
