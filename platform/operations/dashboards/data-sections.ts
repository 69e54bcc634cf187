import { connectionBudget } from "../../connection-budget.ts";
import { platformNames } from "../../names.ts";
import { type Drawing, watched } from "./watched.ts";
import type { Chart, Section } from "./widget.ts";

export function databaseSection(drawing: Drawing): Section {
  const { database } = connectionBudget(drawing.environment);
  return {
    title: `PostgreSQL: ${platformNames(drawing.environment).database}`,
    subtitle: "Connections first: they run out long before CPU does (incident I-3)",
    widgets: [
      ...watched(drawing, {
        title: "Connections",
        unit: "connections",
        alerts: ["database-connections", "database-connections-exhausted"],
        legend: "open",
        budgets: [{ value: database.limit, label: `max_connections ${database.limit}` }],
      }),
      ...watched(drawing, {
        title: "Attempts to connect that failed",
        unit: "attempts",
        alerts: ["database-logins-failed"],
        legend: "failed",
      }),
      ...watched(drawing, {
        title: "Answers (1) or not (0)",
        unit: "up",
        alerts: ["database-down", "database-standby"],
      }),
      ...share(drawing, "CPU", ["database-cpu"]),
      ...share(drawing, "Memory, without the page cache", ["database-memory"]),
      ...share(drawing, "Disk", ["database-disk", "database-disk-full"]),
      ...share(drawing, "Transaction ids used up", ["database-transaction-ids"]),
    ],
  };
}

export function redisSection(drawing: Drawing): Section {
  const { cache } = connectionBudget(drawing.environment);
  return {
    title: `Redis: ${platformNames(drawing.environment).redis}`,
    subtitle: "Clients near the cap or memory near its end: new connections or writes are refused",
    widgets: [
      ...watched(drawing, {
        title: "Clients",
        unit: "clients",
        alerts: ["redis-clients"],
        legend: "connected",
        budgets: [{ value: cache.used, label: `budget of all services ${cache.used}` }],
      }),
      ...watched(drawing, {
        title: "Connections rejected",
        unit: "connections",
        alerts: ["redis-rejected"],
        legend: "rejected",
      }),
      ...watched(drawing, {
        title: "Keys evicted",
        unit: "keys",
        alerts: ["redis-evictions"],
        legend: "evicted",
      }),
      ...share(drawing, "Memory of the keys", ["redis-memory"]),
      ...share(drawing, "Memory of the whole system", ["redis-system-memory"]),
    ],
  };
}

function share(drawing: Drawing, title: string, alerts: readonly string[]): Chart[] {
  return watched(drawing, { title, unit: "share", alerts, legend: title });
}
