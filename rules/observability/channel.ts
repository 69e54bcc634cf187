import type { Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** Notification channels exist and say where to deliver. */
export const channel: Rule = {
  id: "observability/channel",
  why: "Alerts go to channels by the id that Google gave them; a display name or an address is rejected, and a policy without channels notifies nobody.",
  limit: "at least one of notification_channels in each policy",
  fix: "Refer to the channel: notification_channels = [google_monitoring_notification_channel.ops.id].",
  source: "https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannels",
  *check(graph) {
    const silent = graph.all("google_monitoring_alert_policy").filter(hasNoChannel);
    const [first] = silent;
    if (first === undefined) return;
    yield {
      resource: first,
      severity: "warning",
      message: `notification_channels is empty${silent.length === 1 ? "" : ` in ${silent.length} policies, this one first`}; fails at run time: nobody is alerted.`,
    };
  },
};

function hasNoChannel(policy: Resource): boolean {
  const list = policy.get("notification_channels");
  return list === undefined || (Array.isArray(list) && list.length === 0);
}
