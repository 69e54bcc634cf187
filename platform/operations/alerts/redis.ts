import { type CacheBudget, headroom } from "../../budgets/connection-budget.ts";
import type { Alert, Series } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { percent, thresholds } from "../thresholds.ts";
import { aboveThreshold } from "./above-threshold.ts";

/** Memorystore for Redis: clients, rejected connections and memory (incident I-2). */
export function redisAlerts(context: AlertContext<"connectionBudget">): Alert[] {
  return context.connectionBudget.caches
    .filter(({ instance }) => instance.engine.id === "redis")
    .flatMap((budget) => alertsOf(context, budget));
}

function alertsOf(
  { alertWindows, projectFlag, locationFlags, checkCommands }: AlertContext,
  budget: CacheBudget,
): Alert[] {
  const { limit, used, shares: owners } = budget;
  const { key, record, instance, instanceId, settings } = budget.instance;
  const series = (metric: string): Series => ({
    metric: `redis.googleapis.com/${metric}`,
    resource: "redis_instance",
    resourceLabels: { instance_id: instanceId },
  });
  const describe = `gcloud redis instances describe ${instance} ${locationFlags}`;
  const operations = `gcloud redis operations list ${locationFlags} --limit=10`;
  const failures = `gcloud logging read 'resource.type="cloud_run_revision" AND severity>=WARNING AND (textPayload:"edis" OR jsonPayload.message:"edis")' --freshness=30m --limit=20 ${projectFlag}`;
  const { inside } = checkCommands;
  const clients = [
    `it takes ${limit} clients (${key}.memoryGibibytes, ${key}.version)`,
    `budgeted at full scale: ${owners.map(({ owner, connections, sum }) => `${owner} ${connections} (${sum})`).join(", ") || "none"}; headroom ${headroom(budget)}`,
  ];
  const memory = `${key}.memoryGibibytes is ${settings.memoryGibibytes}, eviction policy ${settings.evictionPolicy}`;
  // The budget itself, so that full scale does not fire; below the maximum, above which no client can be counted.
  const ticket = Math.min(used, limit - 1);
  const noEviction = settings.evictionPolicy === "noeviction";
  const gauge = { period: alertWindows.minute, aligner: "ALIGN_MAX", reducer: "REDUCE_MAX" } as const;
  const counted = { period: alertWindows.sustained, aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM" } as const;
  const full = (metric: string, threshold: number): Alert["conditions"] => [
    aboveThreshold({
      title: `above ${percent(threshold)}`,
      series: series(metric),
      aggregation: gauge,
      threshold,
      duration: alertWindows.sustained,
    }),
  ];
  return [
    {
      id: `${record}-clients`,
      severity: "ticket",
      symptom: "redis-error-3",
      title: `${instance} has more clients than budgeted`,
      meaning: "A service opens more connections than its pool says, or something else uses this Redis.",
      numbers: clients,
      commands: [describe, `gcloud run revisions list ${locationFlags}`, inside],
      conditions: [
        aboveThreshold({
          title: `more than ${ticket} clients`,
          series: series("clients/connected"),
          aggregation: gauge,
          threshold: ticket,
          duration: alertWindows.sustained,
        }),
      ],
    },
    {
      id: `${record}-rejected`,
      severity: "page",
      symptom: "redis-error-3",
      title: `${instance} rejects connections`,
      meaning: "The cap of clients is reached: services cannot connect to Redis, as if it were out of reach.",
      numbers: clients,
      commands: [describe, failures, inside],
      conditions: [
        aboveThreshold({
          title: "connections rejected",
          series: series("stats/reject_connections_count"),
          aggregation: counted,
          threshold: 0,
        }),
      ],
    },
    {
      id: `${record}-memory`,
      severity: "ticket",
      symptom: "redis-full",
      title: `The memory of ${instance} fills up`,
      meaning: noEviction
        ? "With noeviction Redis refuses writes once its memory is full: there is still time to make it larger."
        : `Redis evicts keys (${settings.evictionPolicy}) once its memory is full.`,
      numbers: [`${percent(thresholds.ticket)} of its memory: ${memory}`],
      commands: [describe, operations, failures],
      conditions: full("stats/memory/usage_ratio", thresholds.ticket),
    },
    {
      id: `${record}-system-memory`,
      severity: noEviction ? "page" : "ticket",
      symptom: "redis-full",
      title: `${instance} is nearly out of memory`,
      meaning: noEviction
        ? "Writes are about to be refused (noeviction), and exports or failovers may fail for lack of memory."
        : "Beside the keys the system needs memory: exports and failovers may fail.",
      numbers: [`${percent(thresholds.page)} of the system's memory: ${memory}`],
      commands: [describe, operations, failures],
      conditions: full("stats/memory/system_memory_usage_ratio", thresholds.page),
    },
    // With noeviction no key is evicted, so that an alert could never fire.
    ...(noEviction
      ? []
      : [
          {
            id: `${record}-evictions`,
            severity: "ticket",
            symptom: "redis-full",
            title: `${instance} evicts keys`,
            meaning: "Its memory is too small for what services keep in it: sessions or caches vanish early.",
            numbers: [memory],
            commands: [describe, operations, failures],
            conditions: [
              aboveThreshold({
                title: "keys evicted",
                series: series("stats/evicted_keys"),
                aggregation: counted,
                threshold: 0,
              }),
            ],
          } as const,
        ]),
  ];
}
