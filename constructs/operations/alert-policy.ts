import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import type { Alert } from "../../platform/operations/alert.ts";
import { documentation, runbookLink } from "../../platform/operations/documentation.ts";
import { monitoringLimits } from "../../resources/limits.ts";
import { policyCondition } from "./policy-condition.ts";

export interface AlertPolicyProps {
  readonly alert: Alert;
  /** Name of the environment; notifications link to its runbook. */
  readonly environment: string;
  /** Ids of the notification channels. */
  readonly channels: readonly string[];
  /** Name of an objective by its id, for alerts on burn rates. */
  readonly objectiveName: (id: string) => string;
  /** Address of the environment's published runbook. @default notifications name the file, without a link */
  readonly runbook?: string | undefined;
  /** A sentence for the notification, for example on its recipients. @default none */
  readonly note?: string | undefined;
}

/**
 * One alert with its conditions, documentation and notification channels.
 *
 *     metric or log -> condition -> policy -> notification channels
 */
export class AlertPolicy extends AssertedConstruct {
  readonly resource: MonitoringAlertPolicy;

  constructor(scope: Construct, id: string, props: AlertPolicyProps) {
    super(scope, id);
    const { alert, runbook } = props;
    const log = alert.conditions.find((condition) => condition.kind === "log");
    this.resource = new MonitoringAlertPolicy(this, "Resource", {
      displayName: alert.title,
      severity: alert.severity === "page" ? "CRITICAL" : "WARNING",
      combiner: alert.combiner ?? "OR",
      conditions: alert.conditions.map((condition) => policyCondition(condition, props.objectiveName)),
      notificationChannels: [...props.channels],
      userLabels: { severity: alert.severity, symptom: alert.symptom },
      documentation: {
        mimeType: "text/markdown",
        subject: `${alert.severity}: ${alert.title}`,
        content: documentation(alert, props.environment, props.note),
        ...(runbook === undefined
          ? {}
          : { links: [{ displayName: "Runbook", url: runbookLink(alert, runbook) }] }),
      },
      alertStrategy:
        log === undefined
          ? // An incident whose metric falls silent is over: half an hour later, not after a week.
            { autoClose: `${monitoringLimits.autoCloseLow.value}s` }
          : { autoClose: `${log.autoClose}s`, notificationRateLimit: { period: `${log.every}s` } },
    });
  }
}
