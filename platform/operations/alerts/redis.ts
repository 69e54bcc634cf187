import type { CacheBudget } from "../../budgets/connection-budget.ts";
import type { Alert } from "../alert.ts";
import type { AlertContext } from "../context.ts";
import { percent, thresholds } from "../thresholds.ts";
import { cacheAlerts } from "./cache.ts";

/** Memorystore for Redis: clients, rejected connections and memory (incident I-2). */
export function redisAlerts(context: AlertContext<"connectionBudget">): Alert[] {
  return context.connectionBudget.caches
    .filter(({ instance }) => instance.engine.id === "redis")
    .flatMap((budget) => alertsOf(context, budget));
}

function alertsOf(context: AlertContext, budget: CacheBudget): Alert[] {
  const { key, record, instance, instanceId, settings } = budget.instance;
  const memory = `${key}.memoryGibibytes is ${settings.memoryGibibytes}, eviction policy ${settings.evictionPolicy}`;
  const { clients, rejected, evictions, full, memoryCommands, refusesWrites } = cacheAlerts(context, budget, {
    series: (metric) => ({
      metric: `redis.googleapis.com/${metric}`,
      resource: "redis_instance",
      resourceLabels: { instance_id: instanceId },
    }),
    connected: { metric: "clients/connected", of: "" },
    rejected: "stats/reject_connections_count",
    evicted: "stats/evicted_keys",
    capacity: `it takes ${budget.limit} clients (${key}.memoryGibibytes, ${key}.version)`,
    memory,
    memoryCommands: (failures) => [
      `gcloud redis operations list ${context.locationFlags} --limit=10`,
      failures,
    ],
  });
  return [
    clients,
    rejected,
    {
      id: `${record}-memory`,
      severity: "ticket",
      symptom: "redis-full",
      title: `The memory of ${instance} fills up`,
      meaning: refusesWrites
        ? "With noeviction Redis refuses writes once its memory is full: there is still time to make it larger."
        : `Redis evicts keys (${settings.evictionPolicy}) once its memory is full.`,
      numbers: [`${percent(thresholds.ticket)} of its memory: ${memory}`],
      commands: memoryCommands,
      conditions: full("stats/memory/usage_ratio", thresholds.ticket),
    },
    {
      id: `${record}-system-memory`,
      severity: refusesWrites ? "page" : "ticket",
      symptom: "redis-full",
      title: `${instance} is nearly out of memory`,
      meaning: refusesWrites
        ? "Writes are about to be refused (noeviction), and exports or failovers may fail for lack of memory."
        : "Beside the keys the system needs memory: exports and failovers may fail.",
      numbers: [`${percent(thresholds.page)} of the system's memory: ${memory}`],
      commands: memoryCommands,
      conditions: full("stats/memory/system_memory_usage_ratio", thresholds.page),
    },
    ...(refusesWrites ? [] : [evictions]),
  ];
}
