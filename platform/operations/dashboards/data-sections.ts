import type { CacheBudget, DatabaseBudget } from "../../budgets/connection-budget.ts";
import { alertCharts, type DashboardParts } from "./alert-charts.ts";
import type { Chart, Section } from "./widget.ts";

/** One section for each instance. */
export function databaseSections(parts: DashboardParts): Section[] {
  return parts.connectionBudget.databases.map((budget) => databaseSection(parts, budget));
}

function databaseSection(parts: DashboardParts, { instance, limit }: DatabaseBudget): Section {
  const { id } = instance;
  return {
    title: `${instance.engine.label}: ${instance.instance}`,
    subtitle: "Connections first: they run out long before CPU does",
    widgets: [
      ...alertCharts(parts, {
        title: "Connections",
        unit: "connections",
        alerts: [`${id}-connections`, `${id}-connections-exhausted`],
        legend: "open",
        budgets: [{ value: limit, label: `max_connections ${limit}` }],
      }),
      ...alertCharts(parts, {
        title: "Attempts to connect that failed",
        unit: "attempts",
        alerts: [`${id}-logins-failed`],
        legend: "failed",
      }),
      ...alertCharts(parts, {
        title: "Answers (1) or not (0)",
        unit: "up",
        alerts: [`${id}-down`, `${id}-standby`],
      }),
      ...alertCharts(parts, {
        title: "Behind its primary",
        unit: "s",
        alerts: [`${id}-lag`],
        legend: "lag",
      }),
      ...share(parts, "CPU", [`${id}-cpu`]),
      ...share(parts, "Memory, without the page cache", [`${id}-memory`]),
      ...share(parts, "Disk", [`${id}-disk`, `${id}-disk-full`]),
      ...share(parts, "Transaction ids used up", [`${id}-transaction-ids`]),
    ],
  };
}

/** One section for each instance. */
export function redisSections(parts: DashboardParts): Section[] {
  return parts.connectionBudget.caches.map((budget) => redisSection(parts, budget));
}

function redisSection(parts: DashboardParts, { instance, used }: CacheBudget): Section {
  const { record } = instance;
  return {
    title: `${instance.engine.label}: ${instance.instance}`,
    subtitle: "Clients near the cap or memory near its end: new connections or writes are refused",
    widgets: [
      ...alertCharts(parts, {
        title: "Clients",
        unit: "clients",
        alerts: [`${record}-clients`],
        legend: instance.engine.id === "valkey" ? "of the node with most" : "connected",
        budgets: [{ value: used, label: `budget of all services ${used}` }],
      }),
      ...alertCharts(parts, {
        title: "Connections rejected",
        unit: "connections",
        alerts: [`${record}-rejected`],
        legend: "rejected",
      }),
      ...alertCharts(parts, {
        title: "Keys evicted",
        unit: "keys",
        alerts: [`${record}-evictions`],
        legend: "evicted",
      }),
      ...share(parts, "Memory of the keys", [`${record}-memory`, `${record}-memory-full`]),
      ...share(parts, "Memory of the whole system", [`${record}-system-memory`]),
    ],
  };
}

function share(parts: DashboardParts, title: string, alerts: readonly string[]): Chart[] {
  return alertCharts(parts, { title, unit: "share", alerts, legend: title });
}
