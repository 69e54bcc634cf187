import { enumerated } from "../../../values/enumerated.ts";
import { capitalized } from "../../../values/words.ts";
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
  // Jobs and worker pools log the same messages, each counted as what it is.
  const shared = (
    id: "redis-error-3" | "socket-connection-failed",
    entries: number,
    alert: (who: string, metric: LogMetric) => Omit<Alert, "id" | "severity" | "conditions">,
  ): Alert[] => {
    const all = (
      [
        ["services", metrics[id], "service_name"],
        ["jobs", metrics[`${id}-jobs`], "job_name"],
        ["worker pools", metrics[`${id}-worker-pools`], "worker_pool_name"],
      ] as const
    ).flatMap(([who, metric, label]) => (metric === undefined ? [] : [{ who, metric, label }]));
    const [first, ...more] = all;
    if (first === undefined) return [];
    const condition = ({ metric, label }: typeof first): PromqlCondition =>
      logged(context, metric, entries, alertWindows.sustained, [label]);
    const who = capitalized(enumerated(all.map((each) => each.who)));
    return [
      {
        id: `log-${id}`,
        severity: "page",
        ...alert(who, first.metric),
        conditions: [condition(first), ...more.map(condition)],
      },
    ];
  };
  return [
    ...shared("redis-error-3", 2, (who, metric) => ({
      symptom: "redis-error-3",
      title: `${who} log "Error -3": ${cacheLabels(context)} is out of reach`,
      meaning:
        "A name look-up or a route to Redis fails. Address ranges that differ are normal; what counts is the same network, egress to the private range, and the firewall.",
      numbers: [
        `twice within ${alertWindows.sustained} s: a client that tries again once is no outage`,
        ...whereCachesAre(context),
      ],
      commands: [read(metric), describeCaches(context), inside],
    })),
    ...shared("socket-connection-failed", largest.connections + 1, (who, metric) => ({
      symptom: "socket-connection-failed",
      title: `${who} log "Socket connection failed"`,
      meaning:
        "More connections fail than the largest pool holds, so whole instances are without a database.",
      numbers: [
        `${largest.connections} connections: the pool of ${largest.name} with its overflow`,
        `socket connect ${deadlines.socketConnect} s, initialization ${deadlines.databaseInitialization} s`,
      ],
      commands: [read(metric), describeDatabase, inside],
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

/** "Redis", "Redis or Valkey". */
function cacheLabels({ cacheInstances }: Pick<AlertContext<"cacheInstances">, "cacheInstances">): string {
  return [...new Set(cacheInstances.map(({ engine }) => engine.label))].join(" or ");
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
