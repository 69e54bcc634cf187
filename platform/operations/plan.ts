import type { Environment } from "../schema/environment.ts";
import type { Alert } from "./alert.ts";
import { burnRateAlerts } from "./alerts/burn-rate.ts";
import { cloudRunAlerts } from "./alerts/cloud-run.ts";
import { connectorAlerts } from "./alerts/connector.ts";
import { databaseAlerts } from "./alerts/database.ts";
import { driftAlerts } from "./alerts/drift.ts";
import { endpointAlerts } from "./alerts/endpoints.ts";
import { loadBalancerAlerts } from "./alerts/load-balancer.ts";
import { logSignatureAlerts } from "./alerts/log-signatures.ts";
import { natAlerts } from "./alerts/nat.ts";
import { preflightAlerts } from "./alerts/preflight.ts";
import { redisAlerts } from "./alerts/redis.ts";
import { type ConnectivityTest, connectivityTests } from "./connectivity-tests.ts";
import { context } from "./context.ts";
import { dashboards } from "./dashboards/index.ts";
import type { Dashboard } from "./dashboards/widget.ts";
import { type LogMetric, logMetrics } from "./log-metrics.ts";
import { type Objective, objectives } from "./objectives.ts";
import { type ScheduledProbe, scheduledProbes } from "./scheduled-probe.ts";
import { type UptimeCheck, uptimeChecks } from "./uptime-checks.ts";

/** Everything that watches an environment. */
export interface OperationsPlan {
  readonly alerts: readonly Alert[];
  readonly dashboards: readonly Dashboard[];
  readonly logMetrics: readonly LogMetric[];
  readonly objectives: readonly Objective[];
  readonly uptimeChecks: readonly UptimeCheck[];
  readonly connectivityTests: readonly ConnectivityTest[];
  readonly scheduledProbes: readonly ScheduledProbe[];
}

/** Derived from the environment's budgets, deadlines, objectives and names; states no number of its own but `shares`. */
export function operationsPlan(environment: Environment): OperationsPlan {
  const alerts = operationsAlerts(environment);
  return {
    alerts,
    dashboards: dashboards(environment, alerts),
    logMetrics: Object.values(logMetrics(environment)),
    objectives: objectives(environment),
    uptimeChecks: uptimeChecks(environment),
    connectivityTests: connectivityTests(environment),
    scheduledProbes: scheduledProbes(environment),
  };
}

/** Every alert of the environment, from the way in to the data. */
export function operationsAlerts(environment: Environment): Alert[] {
  const all = context(environment);
  return [
    ...endpointAlerts(all),
    ...loadBalancerAlerts(all),
    ...burnRateAlerts(all),
    ...cloudRunAlerts(all),
    ...connectorAlerts(all),
    ...natAlerts(all),
    ...databaseAlerts(all),
    ...redisAlerts(all),
    ...logSignatureAlerts(all),
    ...preflightAlerts(all),
    ...driftAlerts(all),
  ];
}
