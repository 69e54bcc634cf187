import type { CacheBudget } from "../../budgets/connection-budget.ts";
import type { Alert } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { percent, thresholds } from "../thresholds.ts";
import { cacheAlerts } from "./cache.ts";

/**
 * Memorystore for Valkey: clients, rejected connections, memory and evictions, of the node that has most.
 * https://docs.cloud.google.com/memorystore/docs/valkey/supported-monitoring-metrics
 */
export function valkeyAlerts(context: AlertContext<"connectionBudget">): Alert[] {
  return context.connectionBudget.caches
    .filter(({ instance }) => instance.engine.id === "valkey")
    .flatMap((budget) => alertsOf(context, budget));
}

function alertsOf(context: AlertContext, budget: CacheBudget): Alert[] {
  const { key, record, instance, settings, engine } = budget.instance;
  const memory = `${key} has ${engine.size(settings)}, eviction policy ${settings.evictionPolicy}`;
  const larger = settings.shards === undefined ? `${key}.nodeType` : `${key}.shards, or ${key}.nodeType`;
  const { clients, rejected, evictions, full, memoryCommands, refusesWrites } = cacheAlerts(context, budget, {
    series: (metric) => ({
      metric: `memorystore.googleapis.com/instance/${metric}`,
      resource: "memorystore.googleapis.com/Instance",
      resourceLabels: { instance_id: instance, location: context.region },
    }),
    connected: { metric: "clients/maximum_connected_clients", of: " of one node" },
    rejected: "stats/total_rejected_connections_count",
    evicted: "stats/total_evicted_keys_count",
    capacity: `a node takes ${budget.limit} clients (${key}.nodeType "${settings.nodeType}")`,
    memory,
    memoryCommands: (failures) => [failures, context.checkCommands.inside],
  });
  const numbers = (threshold: number): string[] => [
    `${percent(threshold)} of the memory of its fullest node: ${memory}`,
  ];
  return [
    clients,
    rejected,
    {
      id: `${record}-memory`,
      severity: "ticket",
      symptom: "redis-full",
      title: `The memory of ${instance} fills up`,
      meaning: refusesWrites
        ? `With noeviction Valkey refuses writes once its memory is full: there is still time for more (${larger}).`
        : `Valkey evicts keys (${settings.evictionPolicy}) once its memory is full.`,
      numbers: numbers(thresholds.ticket),
      commands: memoryCommands,
      conditions: full("memory/maximum_utilization", thresholds.ticket),
    },
    refusesWrites
      ? {
          id: `${record}-memory-full`,
          severity: "page",
          symptom: "redis-full",
          title: `${instance} is nearly out of memory`,
          meaning: `Writes are about to be refused (noeviction): give it more memory (${larger}).`,
          numbers: numbers(thresholds.page),
          commands: memoryCommands,
          conditions: full("memory/maximum_utilization", thresholds.page),
        }
      : evictions,
  ];
}
