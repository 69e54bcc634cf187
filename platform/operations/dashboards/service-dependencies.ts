import type { Service } from "../../schema/environment.ts";
import { type LogMetric, logMetricType } from "../log-metrics.ts";
import { alertCharts, type DashboardParts } from "./alert-charts.ts";
import { revisionLine } from "./revision-line.ts";
import type { Chart, Line, Section } from "./widget.ts";

/** Database connections and error logs of a service. */
export function serviceDependencies(parts: DashboardParts, service: Service): Section {
  const name = parts.names.service(service.name);
  return {
    title: "What it needs",
    subtitle: "Its part of the database's connections, and what it logs when something is out of reach",
    widgets: [
      ...databaseConnections(parts, service),
      ...alertCharts(parts, {
        title: "Connections that the Cloud SQL socket refused",
        unit: "connections",
        alerts: [`${service.name}-database-refused`],
        legend: "refused",
      }),
      ...signatures(parts, service),
      {
        kind: "logs",
        title: "Its errors",
        filter: `resource.type="cloud_run_revision" AND resource.labels.service_name="${name}" AND severity>=ERROR`,
      },
    ],
  };
}

/** Cloud SQL counts connections by database, not by client: the service's budget is shown with those of all. */
function databaseConnections(parts: DashboardParts, service: Service): Chart[] {
  return parts.connectionBudget.databases.flatMap(({ instance, shares }) => {
    const share = shares.find(({ owner }) => owner === service.name);
    if (share === undefined) return [];
    const which = parts.databaseInstances.length === 1 ? instance.engine.label : instance.instance;
    return alertCharts(parts, {
      title: `Connections to ${which}, of all services`,
      unit: "connections",
      alerts: [`${instance.id}-connections`, `${instance.id}-connections-exhausted`],
      legend: "all services",
      budgets: [{ value: share.connections, label: `${service.name} alone: ${share.sum}` }],
    });
  });
}

/** Log messages of known failures that this service may write. */
function signatures(
  { names, alertWindows, logMetrics: metrics }: Pick<DashboardParts, "names" | "alertWindows" | "logMetrics">,
  service: Service,
): Chart[] {
  const counted = (metric: LogMetric): Line =>
    revisionLine(names, service.name, logMetricType(metric), metric.title, {
      period: alertWindows.sustained,
      aligner: "ALIGN_DELTA",
      reducer: "REDUCE_SUM",
      groupBy: ["resource.label.service_name"],
    });
  const lines = (["redis-error-3", "socket-connection-failed", "exit-code-3"] as const).flatMap((id) => {
    const metric = metrics[id];
    return metric === undefined ? [] : [counted(metric)];
  });
  const [first, ...more] = lines;
  if (first === undefined) return [];
  return [
    {
      kind: "chart",
      title: "Known failures in its logs",
      unit: "entries",
      lines: [first, ...more],
      budgets: [],
    },
  ];
}
