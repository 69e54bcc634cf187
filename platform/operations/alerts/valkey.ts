import { type CacheBudget, headroom } from "../../budgets/connection-budget.ts";
import type { Alert, Series } from "../alert.ts";
import { cacheCommand } from "../cache-commands.ts";
import type { AlertContext } from "../context.ts";
import { percent, thresholds } from "../thresholds.ts";
import { aboveThreshold } from "./above-threshold.ts";

/**
 * Memorystore for Valkey: clients, rejected connections, memory and evictions, of the node that has most.
 * https://docs.cloud.google.com/memorystore/docs/valkey/supported-monitoring-metrics
 */
export function valkeyAlerts(context: AlertContext<"connectionBudget">): Alert[] {
  return context.connectionBudget.caches
    .filter(({ instance }) => instance.engine.id === "valkey")
    .flatMap((budget) => alertsOf(context, budget));
}

function alertsOf(
  { alertWindows, region, projectFlag, locationFlags, checkCommands }: AlertContext,
  { limit, used, shares: owners, ...budget }: CacheBudget,
): Alert[] {
  const { key, record, instance, settings, engine } = budget.instance;
  const series = (metric: string): Series => ({
    metric: `memorystore.googleapis.com/instance/${metric}`,
    resource: "memorystore.googleapis.com/Instance",
    resourceLabels: { instance_id: instance, location: region },
  });
  const describe = cacheCommand(budget.instance, `describe ${instance}`, { region, projectFlag });
  const failures = `gcloud logging read 'resource.type="cloud_run_revision" AND severity>=WARNING AND (textPayload:"edis" OR jsonPayload.message:"edis")' --freshness=30m --limit=20 ${projectFlag}`;
  const { inside } = checkCommands;
  const size = engine.size(settings);
  const clients = [
    `a node takes ${limit} clients (${key}.nodeType "${settings.nodeType}")`,
    `budgeted at full scale: ${owners.map(({ owner, connections, sum }) => `${owner} ${connections} (${sum})`).join(", ") || "none"}; headroom ${headroom({ limit, used, shares: owners })}`,
  ];
  const memory = `${key} has ${size}, eviction policy ${settings.evictionPolicy}`;
  const larger = settings.shards === undefined ? `${key}.nodeType` : `${key}.shards, or ${key}.nodeType`;
  // The budget itself, so that full scale does not fire; below the maximum, above which no client can be counted.
  const ticket = Math.min(used, limit - 1);
  const noEviction = settings.evictionPolicy === "noeviction";
  const gauge = { period: alertWindows.minute, aligner: "ALIGN_MAX", reducer: "REDUCE_MAX" } as const;
  const counted = { period: alertWindows.sustained, aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM" } as const;
  const full = (threshold: number): Alert["conditions"] => [
    aboveThreshold({
      title: `above ${percent(threshold)}`,
      series: series("memory/maximum_utilization"),
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
      meaning: "A service opens more connections than its pool says, or something else uses this Valkey.",
      numbers: clients,
      commands: [describe, `gcloud run revisions list ${locationFlags}`, inside],
      conditions: [
        aboveThreshold({
          title: `more than ${ticket} clients of one node`,
          series: series("clients/maximum_connected_clients"),
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
      meaning:
        "The cap of clients is reached: services cannot connect to Valkey, as if it were out of reach.",
      numbers: clients,
      commands: [describe, failures, inside],
      conditions: [
        aboveThreshold({
          title: "connections rejected",
          series: series("stats/total_rejected_connections_count"),
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
        ? `With noeviction Valkey refuses writes once its memory is full: there is still time for more (${larger}).`
        : `Valkey evicts keys (${settings.evictionPolicy}) once its memory is full.`,
      numbers: [`${percent(thresholds.ticket)} of the memory of its fullest node: ${memory}`],
      commands: [describe, failures, inside],
      conditions: full(thresholds.ticket),
    },
    noEviction
      ? {
          id: `${record}-memory-full`,
          severity: "page",
          symptom: "redis-full",
          title: `${instance} is nearly out of memory`,
          meaning: `Writes are about to be refused (noeviction): give it more memory (${larger}).`,
          numbers: [`${percent(thresholds.page)} of the memory of its fullest node: ${memory}`],
          commands: [describe, failures, inside],
          conditions: full(thresholds.page),
        }
      : {
          id: `${record}-evictions`,
          severity: "ticket",
          symptom: "redis-full",
          title: `${instance} evicts keys`,
          meaning: "Its memory is too small for what services keep in it: sessions or caches vanish early.",
          numbers: [memory],
          commands: [describe, failures, inside],
          conditions: [
            aboveThreshold({
              title: "keys evicted",
              series: series("stats/total_evicted_keys_count"),
              aggregation: counted,
              threshold: 0,
            }),
          ],
        },
  ];
}
