import { removedFrom, switchedOff, switchedOn } from "../../plan/compare.ts";
import { title } from "../../plan/title.ts";
import { labelOf } from "../deletions.ts";
import { type Hazard, onUpdate } from "../hazard.ts";

/** Changes in place after which something goes wrong and nobody hears of it. */
export const operationsHazards: readonly Hazard[] = [
  onUpdate({
    types: ["google_monitoring_alert_policy", "google_monitoring_notification_channel"],
    what: "an alert or a notification channel switched off, or a channel taken from an alert",
    why: "nobody is told",
    find: (change) => {
      const name = title(change, labelOf(change.type));
      if (switchedOff(change, "enabled")) return `${name} is SWITCHED OFF: nobody is told any more.`;
      const gone = removedFrom(change, "notification_channels").length;
      return gone === 0
        ? undefined
        : `${name} notifies ${gone} channel${gone === 1 ? "" : "s"} less: who listens there is not told any more.`;
    },
  }),
  onUpdate({
    types: ["google_cloud_scheduler_job"],
    what: "a schedule paused",
    why: "what it started is not started any more",
    find: (change) =>
      switchedOn(change, "paused")
        ? `${title(change, "schedule")} is PAUSED: what it started is not started any more.`
        : undefined,
  }),
  onUpdate({
    types: ["google_project"],
    what: "the billing account of a project taken away or changed",
    why: "without one everything in the project stops",
    find: (change) =>
      removedFrom(change, "billing_account").length === 0
        ? undefined
        : `${title(change, "project")} changes its billing account: where the new one is missing or not open, everything in it stops.`,
  }),
];
