import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel/index.js";
import { Construct } from "constructs";

export interface NotificationChannelProps {
  readonly displayName: string;
  readonly email: string;
  /** What it is for: "page" or "ticket". */
  readonly severity: string;
}

/**
 * Somebody who hears of alerts by e-mail. Google sends without a confirmation; whether a message arrives is for a
 * person to try once (docs/operations.md).
 *
 *     alert policy -> channel
 */
export class NotificationChannel extends Construct {
  readonly resource: MonitoringNotificationChannel;

  constructor(scope: Construct, id: string, props: NotificationChannelProps) {
    super(scope, id);
    this.resource = new MonitoringNotificationChannel(this, "Resource", {
      displayName: props.displayName,
      type: "email",
      labels: { email_address: props.email },
      userLabels: { severity: props.severity },
      // A channel that policies still name could not be deleted otherwise.
      forceDelete: true,
    });
  }
}
