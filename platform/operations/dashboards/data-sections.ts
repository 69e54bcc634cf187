import { alertCharts, type DashboardParts } from "./alert-charts.ts";
import type { Chart, Section } from "./widget.ts";

export function databaseSection(parts: DashboardParts): Section {
  const { database } = parts.connectionBudget;
  return {
    title: `PostgreSQL: ${parts.names.database}`,
    subtitle: "Connections first: they run out long before CPU does",
    widgets: [
      ...alertCharts(parts, {
        title: "Connections",
        unit: "connections",
        alerts: ["database-connections", "database-connections-exhausted"],
        legend: "open",
        budgets:
          database === undefined
            ? []
            : [{ value: database.limit, label: `max_connections ${database.limit}` }],
      }),
      ...alertCharts(parts, {
        title: "Attempts to connect that failed",
        unit: "attempts",
        alerts: ["database-logins-failed"],
        legend: "failed",
      }),
      ...alertCharts(parts, {
        title: "Answers (1) or not (0)",
        unit: "up",
        alerts: ["database-down", "database-standby"],
      }),
      ...share(parts, "CPU", ["database-cpu"]),
      ...share(parts, "Memory, without the page cache", ["database-memory"]),
      ...share(parts, "Disk", ["database-disk", "database-disk-full"]),
      ...share(parts, "Transaction ids used up", ["database-transaction-ids"]),
    ],
  };
}

export function redisSection(parts: DashboardParts): Section {
  const { cache } = parts.connectionBudget;
  return {
    title: `Redis: ${parts.names.redis}`,
    subtitle: "Clients near the cap or memory near its end: new connections or writes are refused",
    widgets: [
      ...alertCharts(parts, {
        title: "Clients",
        unit: "clients",
        alerts: ["redis-clients"],
        legend: "connected",
        budgets:
          cache === undefined ? [] : [{ value: cache.used, label: `budget of all services ${cache.used}` }],
      }),
      ...alertCharts(parts, {
        title: "Connections rejected",
        unit: "connections",
        alerts: ["redis-rejected"],
        legend: "rejected",
      }),
      ...alertCharts(parts, {
        title: "Keys evicted",
        unit: "keys",
        alerts: ["redis-evictions"],
        legend: "evicted",
      }),
      ...share(parts, "Memory of the keys", ["redis-memory"]),
      ...share(parts, "Memory of the whole system", ["redis-system-memory"]),
    ],
  };
}

function share(parts: DashboardParts, title: string, alerts: readonly string[]): Chart[] {
  return alertCharts(parts, { title, unit: "share", alerts, legend: title });
}
