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
import { preflightAlerts } from "./preflight.ts";
import { redisAlerts } from "./redis.ts";

/**
 * Every alert of the environment, from the load balancer to the data. Derived from budgets, deadlines, objectives and
 * names; the only numbers that alerts add are `thresholds`.
 */
export function alerts(context: OperationsContext): Alert[] {
  return withIncidents(context, [
    ...endpointAlerts(context),
    ...loadBalancerAlerts(context),
    ...burnRateAlerts(context),
    ...cloudRunAlerts(context),
    ...connectorAlerts(context),
    ...natAlerts(context),
    ...databaseAlerts(context),
    ...redisAlerts(context),
    ...logSignatureAlerts(context),
    ...preflightAlerts(context),
    ...jobAlerts(context),
    ...messagingAlerts(context),
    ...driftAlerts(context),
  ]);
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
