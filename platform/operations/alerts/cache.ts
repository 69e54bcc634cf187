import { type CacheBudget, headroom } from "../../budgets/connection-budget.ts";
import type { Alert, Series } from "../alert.ts";
import { cacheCommand } from "../cache-commands.ts";
import type { AlertContext } from "../context.ts";
import { percent } from "../thresholds.ts";
import { aboveThreshold } from "./above-threshold.ts";

/** What differs between the engines in the alerts that both have. */
interface EngineMetrics {
  readonly series: (metric: string) => Series;
  /** Clients that are connected; `of` says of what: " of one node". */
  readonly connected: { readonly metric: string; readonly of: string };
  readonly rejected: string;
  readonly evicted: string;
  /** How many clients there may be, and by which settings. */
  readonly capacity: string;
  /** Its size and eviction policy. */
  readonly memory: string;
  /** Commands after that which describes the instance, for what its memory says. */
  readonly memoryCommands: (failures: string) => readonly [string, string];
}

/** The alerts that every engine of Memorystore has, and what those of its memory are made of. */
export function cacheAlerts(context: AlertContext, budget: CacheBudget, metrics: EngineMetrics) {
  const { alertWindows, projectFlag, locationFlags, checkCommands } = context;
  const { limit, used, shares } = budget;
  const { record, instance, settings, engine } = budget.instance;
  const { series, connected, memory } = metrics;
  const describe = cacheCommand(budget.instance, `describe ${instance}`, context);
  const failures = `gcloud logging read 'resource.type="cloud_run_revision" AND severity>=WARNING AND (textPayload:"edis" OR jsonPayload.message:"edis")' --freshness=30m --limit=20 ${projectFlag}`;
  const { inside } = checkCommands;
  const numbers = [
    metrics.capacity,
    `budgeted at full scale: ${shares.map(({ owner, connections, sum }) => `${owner} ${connections} (${sum})`).join(", ") || "none"}; headroom ${headroom(budget)}`,
  ];
  // The budget itself, so that full scale does not fire; below the maximum, above which no client can be counted.
  const ticket = Math.min(used, limit - 1);
  const gauge = { period: alertWindows.minute, aligner: "ALIGN_MAX", reducer: "REDUCE_MAX" } as const;
  const counted = { period: alertWindows.sustained, aligner: "ALIGN_DELTA", reducer: "REDUCE_SUM" } as const;
  const memoryCommands: Alert["commands"] = [describe, ...metrics.memoryCommands(failures)];
  const clients: Alert = {
    id: `${record}-clients`,
    severity: "ticket",
    symptom: "redis-error-3",
    title: `${instance} has more clients than budgeted`,
    meaning: `A service opens more connections than its pool says, or something else uses this ${engine.label}.`,
    numbers,
    commands: [describe, `gcloud run revisions list ${locationFlags}`, inside],
    conditions: [
      aboveThreshold({
        title: `more than ${ticket} clients${connected.of}`,
        series: series(connected.metric),
        aggregation: gauge,
        threshold: ticket,
        duration: alertWindows.sustained,
      }),
    ],
  };
  const rejected: Alert = {
    id: `${record}-rejected`,
    severity: "page",
    symptom: "redis-error-3",
    title: `${instance} rejects connections`,
    meaning: `The cap of clients is reached: services cannot connect to ${engine.label}, as if it were out of reach.`,
    numbers,
    commands: [describe, failures, inside],
    conditions: [
      aboveThreshold({
        title: "connections rejected",
        series: series(metrics.rejected),
        aggregation: counted,
        threshold: 0,
      }),
    ],
  };
  const evictions: Alert = {
    id: `${record}-evictions`,
    severity: "ticket",
    symptom: "redis-full",
    title: `${instance} evicts keys`,
    meaning: "Its memory is too small for what services keep in it: sessions or caches vanish early.",
    numbers: [memory],
    commands: memoryCommands,
    conditions: [
      aboveThreshold({
        title: "keys evicted",
        series: series(metrics.evicted),
        aggregation: counted,
        threshold: 0,
      }),
    ],
  };
  const full = (metric: string, threshold: number): Alert["conditions"] => [
    aboveThreshold({
      title: `above ${percent(threshold)}`,
      series: series(metric),
      aggregation: gauge,
      threshold,
      duration: alertWindows.sustained,
    }),
  ];
  // With noeviction no key is evicted, so that an alert could never fire.
  const refusesWrites = settings.evictionPolicy === "noeviction";
  return { clients, rejected, evictions, full, memoryCommands, refusesWrites };
}
