import { plural } from "../../../values/words.ts";
import { removedFrom, switchedOff, switchedOn } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { labelOf } from "../deletions.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Changes in place after which a failure goes unnoticed. */
export const operationsHazards: readonly Hazard[] = [
  onUpdate({
    types: ["google_monitoring_alert_policy", "google_monitoring_notification_channel"],
    what: "an alert or a notification channel switched off, or a channel removed from an alert",
    why: "nobody is alerted",
    find: (change) => {
      const name = title(change, labelOf(change.type));
      if (switchedOff(change, "enabled")) return `${name} is SWITCHED OFF: nobody is alerted.`;
      const gone = removedFrom(change, "notification_channels").length;
      return gone === 0
        ? undefined
        : `${name} notifies ${plural(gone, "channel")} less: its recipients are no longer alerted.`;
    },
  }),
  onUpdate({
    types: ["google_cloud_scheduler_job"],
    what: "a schedule paused",
    why: "its target no longer runs",
    find: (change) =>
      switchedOn(change, "paused")
        ? `${title(change, "schedule")} is PAUSED: its target no longer runs.`
        : undefined,
  }),
  onUpdate({
    types: ["google_project"],
    what: "the billing account of a project removed or changed",
    why: "without one, all services in the project stop",
    find: (change) =>
      removedFrom(change, "billing_account").length === 0
        ? undefined
        : `${title(change, "project")} changes its billing account: if the new one is missing or closed, all services in it stop.`,
  }),
];
