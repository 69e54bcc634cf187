import { headroom } from "../../connection-budget.ts";
import type { Alert, Series } from "../alert.ts";
import type { Context } from "../context.ts";
import { percent, shares } from "../shares.ts";
import { beyond } from "./beyond.ts";

/** Memorystore for Redis: clients against their cap, memory, and what it refuses (incident I-2). */
export function redisAlerts(context: Context): Alert[] {
  const { environment, names, connections, windows, project, place } = context;
  const { cache, region } = environment;
  const { limit, used, shares: owners } = connections.cache;
  const series = (metric: string): Series => ({
    metric: `redis.googleapis.com/${metric}`,
    resource: "redis_instance",
    resourceLabels: {
      instance_id: `projects/${environment.project}/locations/${region}/instances/${names.redis}`,
    },
  });
  const describe = `gcloud redis instances describe ${names.redis} ${place}`;
  const operations = `gcloud redis operations list ${place} --limit=10`;
  const failures = `gcloud logging read 'resource.type="cloud_run_revision" AND severity>=WARNING AND (textPayload:"edis" OR jsonPayload.message:"edis")' --freshness=30m --limit=20 ${project}`;
  const preflight = `npm run preflight -- ${environment.name}`;
  const clients = [
    `it takes ${limit} clients (cache.memoryGibibytes, cache.version)`,
    `budgeted at full scale: ${owners.map(({ owner, connections, sum }) => `${owner} ${connections} (${sum})`).join(", ") || "none"}; headroom ${headroom(connections.cache)}`,
  ];
  const memory = `cache.memoryGibibytes is ${cache.memoryGibibytes}, eviction policy ${cache.evictionPolicy}`;
  // The budget itself, so that full scale is silent; the last client of the cap is the last that can be counted.
  const ticket = Math.min(used, limit - 1);
  const noEviction = cache.evictionPolicy === "noeviction";
  const gauge = { period: windows.minute, aligner: "ALIGN_MAX", reducer: "REDUCE_MAX" } as const;
  const counted = { period: windows.sustained, aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM" } as const;
  const full = (metric: string, threshold: number): Alert["conditions"] => [
    beyond({
      title: `above ${percent(threshold)}`,
      series: series(metric),
      aggregation: gauge,
      threshold,
      duration: windows.sustained,
    }),
  ];
  return [
    {
      id: "redis-clients",
      severity: "ticket",
      symptom: "redis-error-3",
      title: `${names.redis} has more clients than budgeted`,
      meaning: "A service opens more connections than its pool says, or something else uses this Redis.",
      numbers: clients,
      commands: [describe, `gcloud run revisions list ${place}`, preflight],
      conditions: [
        beyond({
          title: `more than ${ticket} clients`,
          series: series("clients/connected"),
          aggregation: gauge,
          threshold: ticket,
          duration: windows.sustained,
        }),
      ],
    },
    {
      id: "redis-rejected",
      severity: "page",
      symptom: "redis-error-3",
      title: `${names.redis} rejects connections`,
      meaning: "The cap of clients is reached: services cannot connect to Redis, as if it were out of reach.",
      numbers: clients,
      commands: [describe, failures, preflight],
      conditions: [
        beyond({
          title: "connections rejected",
          series: series("stats/reject_connections_count"),
          aggregation: counted,
          threshold: 0,
        }),
      ],
    },
    {
      id: "redis-memory",
      severity: "ticket",
      symptom: "redis-full",
      title: `The memory of ${names.redis} fills up`,
      meaning: noEviction
        ? "With noeviction Redis refuses writes once its memory is full: there is still time to make it larger."
        : `Redis evicts keys (${cache.evictionPolicy}) once its memory is full.`,
      numbers: [`${percent(shares.ticket)} of its memory: ${memory}`],
      commands: [describe, operations, failures],
      conditions: full("stats/memory/usage_ratio", shares.ticket),
    },
    {
      id: "redis-system-memory",
      severity: noEviction ? "page" : "ticket",
      symptom: "redis-full",
      title: `${names.redis} is nearly out of memory`,
      meaning: noEviction
        ? "Writes are about to be refused (noeviction), and exports or failovers may fail for lack of memory."
        : "Beside the keys the system needs memory: exports and failovers may fail.",
      numbers: [`${percent(shares.page)} of the system's memory: ${memory}`],
      commands: [describe, operations, failures],
      conditions: full("stats/memory/system_memory_usage_ratio", shares.page),
    },
    // With noeviction no key is ever evicted, and an alert on it could never fire.
    ...(noEviction
      ? []
      : [
          {
            id: "redis-evictions",
            severity: "ticket",
            symptom: "redis-full",
            title: `${names.redis} evicts keys`,
            meaning: "Its memory is too small for what services keep in it: sessions or caches vanish early.",
            numbers: [memory],
            commands: [describe, operations, failures],
            conditions: [
              beyond({
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
