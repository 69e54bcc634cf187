import { alertCharts, type DashboardParts } from "./alert-charts.ts";
import type { Section } from "./widget.ts";

/** Results of the scheduled preflight, and log messages of the incidents. */
export function dependenciesSection(parts: DashboardParts): Section {
  const failures = parts.logMetrics["preflight-failed"];
  const probes = parts.alerts.some(({ id }) => id === "preflight-critical");
  return {
    title: "Dependencies, as seen from inside the network",
    subtitle: "The preflight every five minutes, and known failures in the logs",
    widgets: [
      ...alertCharts(parts, {
        title: "Checks of the preflight that failed",
        unit: "failures",
        alerts: ["preflight-critical", "preflight"],
        legend: "${service}: ${category}, ${check}",
      }),
      ...alertCharts(parts, {
        title: "Runs of the preflight",
        unit: "runs",
        alerts: parts.services.map(({ name }) => `${name}-preflight-silent`),
        legend: "${resource.labels.job_name}",
      }),
      ...alertCharts(parts, {
        title: "Known failures in the logs",
        unit: "entries",
        alerts: [
          "log-redis-error-3",
          "log-socket-connection-failed",
          "log-exit-code-3",
          "log-connection-slots-reserved",
        ],
      }),
      ...(probes && failures !== undefined
        ? [
            {
              kind: "logs",
              title: "Why the preflight failed",
              filter: failures.filter,
            } as const,
          ]
        : []),
    ],
  };
}
