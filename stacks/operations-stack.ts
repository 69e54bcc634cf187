import type { Construct } from "constructs";
import { dependOn } from "../constructs/depend-on.ts";
import { AlertPolicy } from "../constructs/operations/alert-policy.ts";
import { ConnectivityTest } from "../constructs/operations/connectivity-test.ts";
import { Dashboard } from "../constructs/operations/dashboard.ts";
import { LogMetric } from "../constructs/operations/log-metric.ts";
import { NotificationChannel } from "../constructs/operations/notification-channel.ts";
import { ScheduledJob } from "../constructs/operations/scheduled-job.ts";
import { type ObjectiveProps, ServiceObjectives } from "../constructs/operations/service-objectives.ts";
import { UptimeCheck } from "../constructs/operations/uptime-check.ts";
import { ServiceIdentity } from "../constructs/service-identity.ts";
import type { Alert } from "../platform/operations/alert.ts";
import { filterText } from "../platform/operations/filter.ts";
import { listeners } from "../platform/operations/listeners.ts";
import type { Objective } from "../platform/operations/objectives.ts";
import { type OperationsPlan, operationsPlan } from "../platform/operations/plan.ts";
import { uptimeRegions } from "../platform/operations/uptime-checks.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import type { Environment } from "../platform/schema/environment.ts";
import { PlatformStack } from "./platform-stack.ts";

/**
 * What watches the platform: objectives, alerts and who hears of them, dashboards, uptime checks, connectivity tests, and the
 * preflight by the clock. Deployed last, so that what alerts watch is there.
 */
export class OperationsStack extends PlatformStack {
  constructor(scope: Construct, environment: PlatformPlan) {
    super(scope, environment, "operations");
    const plan = operationsPlan(environment);
    const objectives = this.objectives(environment, plan.objectives);
    const metrics = plan.logMetrics.map(
      ({ id, name, title, filter, labels }) =>
        new LogMetric(this, `log-${id}`, { name, filter, labels, description: title }),
    );
    const checks = this.uptimeChecks(environment, plan);
    this.alerts(environment, plan.alerts, objectives, [...metrics, ...checks]);
    for (const { id, title, ...test } of plan.connectivityTests) {
      new ConnectivityTest(this, `connectivity-${id}`, {
        ...test,
        description: title,
        project: environment.project,
        network: this.names.networkId,
      });
    }
    for (const dashboard of plan.dashboards) {
      new Dashboard(this, `dashboard-${dashboard.id}`, { dashboard });
    }
    this.scheduledProbes(environment, plan);
  }

  private objectives(environment: Environment, all: readonly Objective[]): (id: string) => string {
    const names = new Map<string, string>();
    for (const { name } of environment.services) {
      const { objectives } = new ServiceObjectives(this, `objectives-${name}`, {
        serviceId: this.names.service(name),
        displayName: this.names.service(name),
        protection: environment.protection,
        objectives: all.filter(({ service }) => service === name).map(objectiveProps),
      });
      for (const [id, objective] of objectives) names.set(id, objective.name);
    }
    return (id) => names.get(id) ?? "";
  }

  private uptimeChecks(environment: Environment, plan: OperationsPlan): UptimeCheck[] {
    return plan.uptimeChecks.map(
      ({ id, title, service: _, ...check }) =>
        new UptimeCheck(this, `uptime-${id}`, {
          ...check,
          displayName: title,
          project: environment.project,
          regions: uptimeRegions,
        }),
    );
  }

  private alerts(
    environment: Environment,
    alerts: readonly Alert[],
    objectiveName: (id: string) => string,
    sources: readonly Construct[],
  ): void {
    const channels = new Map(
      environment.notifications.map(({ name, severity, email }) => [
        name,
        new NotificationChannel(this, `channel-${name}`, {
          displayName: `${name} (${severity})`,
          email,
          severity,
        }).resource.id,
      ]),
    );
    for (const alert of alerts) {
      const { names, note } = listeners(environment, alert.severity);
      const policy = new AlertPolicy(this, `alert-${alert.id}`, {
        alert,
        environment: environment.name,
        channels: names.flatMap((name) => channels.get(name) ?? []),
        objectiveName,
        runbook: environment.operations.runbook,
        note,
      });
      // The metric of a log or an uptime check is made first; that it was never seen is PromQL's to bear.
      if (alert.conditions.some(({ kind }) => kind === "promql")) dependOn(policy, ...sources);
    }
  }

  private scheduledProbes(environment: Environment, { scheduledProbes }: OperationsPlan): void {
    if (scheduledProbes.length === 0) return;
    const identity = new ServiceIdentity(this, "scheduler", {
      accountId: this.names.scheduler,
      displayName: "Cloud Scheduler, runs the preflight",
      project: environment.project,
    });
    for (const { service, ...probe } of scheduledProbes) {
      new ScheduledJob(this, `preflight-${service}`, {
        ...probe,
        name: probe.job,
        description: `Preflight of ${service}, from inside the network`,
        project: environment.project,
        region: environment.region,
        serviceAccount: identity.resource.email,
      });
    }
  }
}

function objectiveProps({ id, title, goal, days, indicator }: Objective): ObjectiveProps {
  return {
    id,
    displayName: title,
    goal,
    days,
    indicator:
      indicator.kind === "ratio"
        ? { bad: filterText(indicator.bad), total: filterText(indicator.total) }
        : { distribution: filterText(indicator.latencies), milliseconds: indicator.milliseconds },
  };
}
