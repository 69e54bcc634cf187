import type { Alert } from "../alert.ts";
import type { OperationsContext } from "../context.ts";
import { burnRateAlerts } from "./burn-rate.ts";
import { cloudRunAlerts } from "./cloud-run.ts";
import { connectorAlerts } from "./connector.ts";
import { databaseAlerts } from "./database.ts";
import { driftAlerts } from "./drift.ts";
import { endpointAlerts } from "./endpoints.ts";
import { jobAlerts } from "./jobs.ts";
import { loadBalancerAlerts } from "./load-balancer.ts";
import { logSignatureAlerts } from "./log-signatures.ts";
import { messagingAlerts } from "./messaging.ts";
import { natAlerts } from "./nat.ts";
import { preflightAlerts, silentPreflights } from "./preflight.ts";
import { redisAlerts } from "./redis.ts";
import { regionAlerts } from "./regions.ts";
import { valkeyAlerts } from "./valkey.ts";
import { workerPoolAlerts } from "./worker-pools.ts";

/**
 * Every alert of the environment, from the load balancer to the data. Derived from budgets, deadlines, objectives and
 * names; the only numbers that alerts add are `thresholds`.
 */
export function alerts(context: OperationsContext): Alert[] {
  const { main, furtherRegions } = context;
  if (main !== undefined) return withIncidents(context, regional(context));
  const own = all(context);
  if (furtherRegions.length === 0) return withIncidents(context, own);
  const inMain = new Set(regional(context).map(({ id }) => id));
  return [
    ...withIncidents(context, regionAlerts(context)),
    ...withIncidents(
      context,
      own.map((alert) => (inMain.has(alert.id) ? titled(alert, context.region) : alert)),
    ),
    ...furtherRegions.flatMap(({ region, alerts: there }) =>
      there.map((alert) => ({ ...titled(alert, region), id: `${alert.id}-${region}` })),
    ),
  ];
}

/** Alerts of what each region has for itself. */
function regional(context: OperationsContext): Alert[] {
  return [
    ...cloudRunAlerts(context),
    ...connectorAlerts(context),
    ...natAlerts(context),
    ...silentPreflights(context),
  ];
}

function titled(alert: Alert, region: string): Alert {
  return { ...alert, title: `${region}: ${alert.title}` };
}

function all(context: OperationsContext): Alert[] {
  return [
    ...endpointAlerts(context),
    ...loadBalancerAlerts(context),
    ...burnRateAlerts(context),
    ...cloudRunAlerts(context),
    ...connectorAlerts(context),
    ...natAlerts(context),
    ...databaseAlerts(context),
    ...redisAlerts(context),
    ...valkeyAlerts(context),
    ...logSignatureAlerts(context),
    ...preflightAlerts(context),
    ...jobAlerts(context),
    ...workerPoolAlerts(context),
    ...messagingAlerts(context),
    ...driftAlerts(context),
  ];
}

/** Each alert with what happened before at its symptom. */
function withIncidents(
  { operations: { incidents } }: Pick<OperationsContext, "operations">,
  all: readonly Alert[],
): Alert[] {
  return all.map((alert) => {
    const notes = incidents.filter(({ symptom }) => symptom === alert.symptom).map(({ note }) => note);
    return { ...alert, meaning: [alert.meaning, ...notes].join(" ") };
  });
}
