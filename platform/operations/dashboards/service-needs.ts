import { connectionBudget } from "../../connection-budget.ts";
import { platformNames } from "../../names.ts";
import type { Environment, Service } from "../../schema/environment.ts";
import { context } from "../context.ts";
import { type LogMetric, logMetrics, logMetricType } from "../log-metrics.ts";
import { ofRevisions } from "./of-revisions.ts";
import { type Drawing, watched } from "./watched.ts";
import type { Chart, Line, Section } from "./widget.ts";

/** What a service takes of the database, and what it logs. */
export function serviceNeeds(drawing: Drawing, service: Service): Section {
  const { environment } = drawing;
  const name = platformNames(environment).service(service.name);
  return {
    title: "What it needs",
    subtitle: "Its part of the database's connections, and what it logs when something is out of reach",
    widgets: [
      ...databaseConnections(drawing, service),
      ...watched(drawing, {
        title: "Connections that the Cloud SQL socket refused",
        unit: "connections",
        alerts: [`${service.name}-database-refused`],
        legend: "refused",
      }),
      signatures(environment, service),
      {
        kind: "logs",
        title: "Its errors",
        filter: `resource.type="cloud_run_revision" AND resource.labels.service_name="${name}" AND severity>=ERROR`,
      },
    ],
  };
}

/** PostgreSQL counts connections by database, not by client: the budget of the service stands beside those of all. */
function databaseConnections(drawing: Drawing, service: Service): Chart[] {
  const share = connectionBudget(drawing.environment).database.shares.find(
    ({ owner }) => owner === service.name,
  );
  if (share === undefined) return [];
  return watched(drawing, {
    title: "Connections to PostgreSQL, of all services",
    unit: "connections",
    alerts: ["database-connections", "database-connections-exhausted"],
    legend: "all services",
    budgets: [{ value: share.connections, label: `${service.name} alone: ${share.sum}` }],
  });
}

/** What the incidents left in the logs, as far as this service writes it. */
function signatures(environment: Environment, service: Service): Chart {
  const { windows } = context(environment);
  const metrics = logMetrics(environment);
  const counted = (metric: LogMetric): Line =>
    ofRevisions(environment, service.name, logMetricType(metric), metric.title, {
      period: windows.sustained,
      aligner: "ALIGN_DELTA",
      reducer: "REDUCE_SUM",
      groupBy: ["resource.label.service_name"],
    });
  return {
    kind: "chart",
    title: "Signatures of the incidents in its logs",
    unit: "entries",
    lines: [
      counted(metrics["redis-error-3"]),
      counted(metrics["socket-connection-failed"]),
      counted(metrics["exit-code-3"]),
    ],
    budgets: [],
  };
}
