import { largestPool } from "../../budgets/connection-budget.ts";
import type { Seconds } from "../../units.ts";
import type { Alert, PromqlCondition } from "../alert.ts";
import { describeCaches } from "../cache-commands.ts";
import type { AlertContext, OperationsContext } from "../context.ts";
import { type LogMetric, type LogMetrics, logMetricType } from "../log-metrics.ts";
import type { PromqlTerm } from "../promql.ts";

/** Log messages that announce an outage: each is in the logs long before anybody looks. */
export function logSignatureAlerts(
  context: AlertContext<
    | "services"
    | "jobs"
    | "workerPools"
    | "network"
    | "deadlines"
    | "connectionBudget"
    | "databaseInstances"
    | "cacheInstances"
    | "databaseUses"
    | "logMetrics"
  >,
): Alert[] {
  const { deadlines, connectionBudget, logMetrics: metrics, alertWindows } = context;
  const largest = largestPool(context);
  const read = (metric: LogMetric): string =>
    `gcloud logging read '${metric.filter}' --freshness=30m --limit=20 ${context.projectFlag}`;
  const { inside } = context.checkCommands;
  const describeDatabase = describeDatabases(context);
  const signature = (
    id: keyof LogMetrics,
    alert: (metric: LogMetric) => Omit<Alert, "id" | "severity">,
  ): Alert[] => {
    const metric = metrics[id];
    return metric === undefined ? [] : [{ id: `log-${id}`, severity: "page", ...alert(metric) }];
  };
  return [
    ...signature("redis-error-3", (metric) => ({
      symptom: "redis-error-3",
      title: 'Services log "Error -3": Redis is out of reach',
      meaning:
        "A name look-up or a route to Redis fails. Address ranges that differ are normal; what counts is the same network, egress to the private range, and the firewall.",
      numbers: [
        `twice within ${alertWindows.sustained} s: a client that tries again once is no outage`,
        ...whereCachesAre(context),
      ],
      commands: [read(metric), describeCaches(context), inside],
      conditions: [logged(context, metric, 2, alertWindows.sustained, ["service_name"])],
    })),
    ...signature("socket-connection-failed", (metric) => ({
      symptom: "socket-connection-failed",
      title: 'Services log "Socket connection failed"',
      meaning:
        "More connections fail than the largest pool holds, so whole instances are without a database.",
      numbers: [
        `${largest.connections} connections: the pool of ${largest.name} with its overflow`,
        `socket connect ${deadlines.socketConnect} s, initialization ${deadlines.databaseInitialization} s`,
      ],
      commands: [read(metric), describeDatabase, inside],
      conditions: [
        logged(context, metric, largest.connections + 1, alertWindows.sustained, ["service_name"]),
      ],
    })),
    ...signature("exit-code-3", (metric) => ({
      symptom: "start-up-timeouts",
      title: "Containers end with exit code 3",
      meaning:
        "Initialization was given up: the database was not reached within its deadline, and the container exits instead of serving.",
      numbers: [
        `twice within the start-up window of ${deadlines.startupWindow} s`,
        `initialization ${deadlines.databaseInitialization} s × ${deadlines.initializationAttempts} attempts`,
      ],
      commands: [read(metric), `gcloud run revisions list ${context.locationFlags}`, inside],
      conditions: [logged(context, metric, 2, alertWindows.startup, ["service_name"])],
    })),
    ...signature("connection-slots-reserved", (metric) => ({
      symptom: "connection-slots-exhausted",
      title: `${[...new Set(context.databaseInstances.map(({ engine }) => engine.label))].join(" or ")} refuses connections for want of slots`,
      meaning: "Every slot that is not reserved is taken. Containers that start now cannot initialize.",
      numbers: connectionBudget.databases.map(
        ({ instance, limit, used }) =>
          `max_connections ${limit}, budgeted ${used} (${instance.key}.maxConnections)`,
      ),
      commands: [read(metric), describeDatabase, `gcloud run revisions list ${context.locationFlags}`],
      conditions: [logged(context, metric, 1, alertWindows.sustained, ["database_id"])],
    })),
  ];
}

/** One instance in full, several in a table. */
function describeDatabases({
  databaseInstances: [first, ...more],
  projectFlag,
}: Pick<OperationsContext, "databaseInstances" | "projectFlag">): string {
  if (first === undefined || more.length > 0) return `gcloud sql instances list ${projectFlag}`;
  return `gcloud sql instances describe ${first.instance} ${projectFlag}`;
}

/** "Redis in 10.2.0.0/16 (network.addresses.privateServices), name redis.staging.internal". */
function whereCachesAre({
  network,
  cacheInstances,
}: Pick<AlertContext<"network" | "cacheInstances">, "network" | "cacheInstances">): string[] {
  const slots = { redis: "privateServices", valkey: "privateServiceConnect" } as const;
  return (["redis", "valkey"] as const).flatMap((id) => {
    const caches = cacheInstances.filter(({ engine }) => engine.id === id);
    const [first] = caches;
    if (first === undefined) return [];
    return `${first.engine.label} in ${network.addresses[slots[id]]} (network.addresses.${slots[id]}), ${caches.length === 1 ? "name" : "names"} ${caches.map(({ host }) => host).join(", ")}`;
  });
}

/** Fires at a number of entries within the window; half an entry below it, because PromQL extrapolates its counts. */
export function logged(
  { alertWindows }: Pick<OperationsContext, "alertWindows">,
  metric: LogMetric,
  entries: number,
  window: Seconds,
  by: readonly string[],
  { labels = {}, aggregate = "sum" }: Partial<Pick<PromqlTerm, "labels" | "aggregate">> = {},
): PromqlCondition {
  return {
    kind: "promql",
    title: `at least ${entries} within ${window} s: ${metric.title}`,
    query: {
      terms: [
        {
          aggregate,
          by,
          over: "increase",
          metric: logMetricType(metric),
          resource: metric.resource,
          labels,
          window,
        },
      ],
      comparison: ">",
      threshold: entries - 0.5,
    },
    duration: alertWindows.minute,
    interval: alertWindows.minute,
  };
}
