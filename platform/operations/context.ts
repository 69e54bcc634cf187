import { cloudRunLimits, monitoringLimits } from "../../resources/limits.ts";
import type { CacheInstance, CacheUse } from "../backing-services/caches.ts";
import type { DatabaseInstance, DatabaseUse } from "../backing-services/databases.ts";
import type { Subscription } from "../backing-services/messaging.ts";
import type { ConnectionBudget } from "../budgets/connection-budget.ts";
import type { TimeBudget } from "../budgets/time-budget.ts";
import type { PlatformNames } from "../names.ts";
import type { Environment, Workload } from "../schema/environment.ts";
import { type Seconds, seconds } from "../units.ts";
import type { Alert } from "./alert.ts";
import type { LogMetrics } from "./log-metrics.ts";
import type { Objective } from "./objectives.ts";
import type { ScheduledProbe } from "./scheduled-probes.ts";
import type { UptimeCheck } from "./uptime-checks.ts";

/** The parts of a platform plan that alerts and dashboards are derived from; each signature names those it uses. */
export interface OperationsContext
  extends Pick<
    Environment,
    | "name"
    | "prefix"
    | "project"
    | "region"
    | "regions"
    | "main"
    | "services"
    | "jobs"
    | "workerPools"
    | "network"
    | "preflight"
    | "edge"
    | "deadlines"
    | "objectives"
    | "overlappingRevisions"
    | "operations"
  > {
  readonly names: PlatformNames;
  readonly natAddresses: number;
  readonly subscriptions: readonly Subscription[];
  readonly timeBudget: TimeBudget;
  readonly connectionBudget: ConnectionBudget;
  readonly databaseInstances: readonly DatabaseInstance[];
  readonly databaseUses: (workload: Workload) => readonly DatabaseUse[];
  readonly cacheInstances: readonly CacheInstance[];
  readonly cacheUses: (workload: Workload) => readonly CacheUse[];
  readonly alertWindows: AlertWindows;
  readonly serviceObjectives: readonly Objective[];
  readonly logMetrics: LogMetrics;
  readonly uptimeChecks: readonly UptimeCheck[];
  readonly scheduledProbes: readonly ScheduledProbe[];
  readonly checkCommands: CheckCommands;
  /** The same of further regions, with the alerts of each. */
  readonly furtherRegions: readonly RegionalOperations[];
  /** "--project=acme-staging", for gcloud commands. */
  readonly projectFlag: string;
  /** "--region=us-central1 --project=acme-staging", for gcloud commands. */
  readonly locationFlags: string;
}

/** Operations of a further region. */
export interface RegionalOperations extends OperationsContext {
  readonly alerts: readonly Alert[];
}

/** What every alert needs, and the parts named. */
export type AlertContext<Part extends keyof OperationsContext = never> = Pick<
  OperationsContext,
  | "name"
  | "names"
  | "region"
  | "regions"
  | "main"
  | "alertWindows"
  | "checkCommands"
  | "projectFlag"
  | "locationFlags"
  | Part
>;

/** What tells a person most about a platform. */
export interface CheckCommands {
  /** From inside the network; where the environment has no preflight, from outside, which is better than nothing. */
  readonly inside: string;
  /** From outside; where nothing answers requests, how its jobs ended, or which worker pools are ready. */
  readonly outside: string;
}

export function checkCommands({
  name,
  services,
  jobs = [],
  workerPools = [],
  edge,
  preflight,
  locationFlags,
}: Pick<
  OperationsContext,
  "name" | "services" | "jobs" | "workerPools" | "edge" | "preflight" | "locationFlags"
>): CheckCommands {
  const kind = jobs.length === 0 && workerPools.length > 0 ? "worker-pools" : "jobs";
  const outside =
    services.length === 0 && edge === undefined
      ? `gcloud run ${kind} list ${locationFlags}`
      : `npm run validate -- ${name}`;
  return { inside: preflight === undefined ? outside : `npm run preflight -- ${name}`, outside };
}

/** How long something must last before an alert fires. */
export interface AlertWindows {
  /** The shortest period that Monitoring aligns to. */
  readonly minute: Seconds;
  /** Connector scaling and database pressure together: a shorter failure recovers by itself (incident I-4). */
  readonly brief: Seconds;
  /** The soak of a rollout: what lasts longer is no side effect of it. A soak of hours does not delay alerts by hours. */
  readonly sustained: Seconds;
  /** The start-up window: how long a service may take to start. */
  readonly startup: Seconds;
}

export function alertWindows(
  deadlines: Environment["deadlines"],
  { alertWindow }: Pick<TimeBudget, "alertWindow">,
): AlertWindows {
  return {
    minute: seconds(monitoringLimits.alignmentLow.value),
    brief: wholeMinutes(deadlines.connectorScaling + deadlines.databasePressure),
    sustained: wholeMinutes(Math.min(deadlines.soak, cloudRunLimits.startupWindow.value)),
    startup: alertWindow,
  };
}

/** Rounded up: Monitoring takes durations in whole minutes, at least one. */
export function wholeMinutes(duration: number): Seconds {
  const step = monitoringLimits.durationStep.value;
  return seconds(Math.max(1, Math.ceil(duration / step)) * step);
}
