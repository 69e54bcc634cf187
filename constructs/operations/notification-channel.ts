import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";

export interface NotificationChannelProps {
  readonly displayName: string;
  readonly email: string;
  /** What it is for: "page" or "ticket". */
  readonly severity: string;
}

/**
 * An e-mail address that gets alerts. Google does not ask for a confirmation; a person must test once whether messages
 * arrive (docs/operations.md).
 *
 *     alert policy -> channel
 */
export class NotificationChannel extends AssertedConstruct {
  readonly resource: MonitoringNotificationChannel;

  constructor(scope: Construct, id: string, props: NotificationChannelProps) {
    super(scope, id);
    this.resource = new MonitoringNotificationChannel(this, "Resource", {
      displayName: props.displayName,
      type: "email",
      labels: { email_address: props.email },
      userLabels: { severity: props.severity },
      // Otherwise a channel that policies still reference could not be deleted.
      forceDelete: true,
    });
  }
}
