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
import { filterText } from "../platform/operations/filter.ts";
import type { Objective } from "../platform/operations/objectives.ts";
import { recipients } from "../platform/operations/recipients.ts";
import { uptimeRegions } from "../platform/operations/uptime-checks.ts";
import type { PlatformPlan } from "../platform/plan.ts";
import { regionalName } from "../platform/regions/regions.ts";
import { PlatformStack, type StackPlan } from "./platform-stack.ts";

/**
 * Monitoring of the platform: objectives, alerts and their notification channels, dashboards, uptime checks,
 * connectivity tests, and the scheduled preflight. Deployed last, so that what alerts watch exists.
 */
export class OperationsStack extends PlatformStack {
  constructor(
    scope: Construct,
    plan: StackPlan<
      | "protection"
      | "services"
      | "notifications"
      | "operations"
      | "serviceObjectives"
      | "logMetrics"
      | "uptimeChecks"
      | "alerts"
      | "connectivityTests"
      | "dashboards"
      | "scheduledProbes"
      | "furtherRegions"
    >,
  ) {
    super(scope, plan, "operations");
    const objectives = this.objectives(plan);
    const metrics = Object.values(plan.logMetrics).map(
      ({ id, name, title, filter, labels }) =>
        new LogMetric(this, `log-${id}`, { name, filter, labels, description: title }),
    );
    const checks = this.uptimeChecks(plan);
    this.alerts(plan, objectives, [...metrics, ...checks]);
    for (const { id, title, ...test } of plan.connectivityTests) {
      new ConnectivityTest(this, `connectivity-${id}`, {
        ...test,
        description: title,
        project: plan.project,
        network: this.names.networkId,
      });
    }
    for (const dashboard of plan.dashboards) {
      new Dashboard(this, `dashboard-${dashboard.id}`, { dashboard });
    }
    this.scheduledProbes(plan);
  }

  private objectives({
    services,
    protection,
    serviceObjectives,
  }: Pick<PlatformPlan, "services" | "protection" | "serviceObjectives">): (id: string) => string {
    const names = new Map<string, string>();
    for (const { name } of services) {
      const { objectives } = new ServiceObjectives(this, `objectives-${name}`, {
        serviceId: this.names.service(name),
        displayName: this.names.service(name),
        protection,
        objectives: serviceObjectives.filter(({ service }) => service === name).map(objectiveProps),
      });
      for (const [id, objective] of objectives) names.set(id, objective.name);
    }
    return (id) => names.get(id) ?? "";
  }

  private uptimeChecks({
    project,
    uptimeChecks,
  }: Pick<PlatformPlan, "project" | "uptimeChecks">): UptimeCheck[] {
    return uptimeChecks.map(
      ({ id, title, service: _, ...check }) =>
        new UptimeCheck(this, `uptime-${id}`, {
          ...check,
          displayName: title,
          project,
          regions: uptimeRegions,
        }),
    );
  }

  private alerts(
    {
      name: environment,
      notifications,
      operations: { runbook },
      alerts,
    }: Pick<PlatformPlan, "name" | "notifications" | "operations" | "alerts">,
    objectiveName: (id: string) => string,
    sources: readonly Construct[],
  ): void {
    const channels = new Map(
      notifications.map(({ name, severity, email }) => [
        name,
        new NotificationChannel(this, `channel-${name}`, {
          displayName: `${name} (${severity})`,
          email,
          severity,
        }).resource.id,
      ]),
    );
    for (const alert of alerts) {
      const { names, note } = recipients(notifications, alert.severity);
      const policy = new AlertPolicy(this, `alert-${alert.id}`, {
        alert,
        environment,
        channels: names.flatMap((name) => channels.get(name) ?? []),
        objectiveName,
        runbook,
        note,
      });
      // Only PromQL accepts a metric without points; the log metric or uptime check itself must exist first.
      if (alert.conditions.some(({ kind }) => kind === "promql")) dependOn(policy, ...sources);
    }
  }

  private scheduledProbes(
    plan: Pick<PlatformPlan, "project" | "region" | "main" | "scheduledProbes" | "furtherRegions">,
  ): void {
    const { project } = plan;
    if (plan.scheduledProbes.length === 0) return;
    const identity = new ServiceIdentity(this, "scheduler", {
      accountId: this.names.scheduler,
      displayName: "Cloud Scheduler, runs the preflight",
      project,
    });
    for (const place of [plan, ...plan.furtherRegions]) {
      for (const { service, ...probe } of place.scheduledProbes) {
        new ScheduledJob(this, `preflight-${regionalName(place, service)}`, {
          ...probe,
          name: probe.job,
          description: `Preflight of ${service}, from inside the network`,
          project,
          region: place.region,
          serviceAccount: identity.resource.email,
        });
      }
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
