import { logMetrics } from "../log-metrics.ts";
import { type Drawing, watched } from "./watched.ts";
import type { Section } from "./widget.ts";

/** What the probe inside the network says, and what the incidents left in the logs. */
export function dependenciesSection(drawing: Drawing): Section {
  const { environment, alerts } = drawing;
  const probes = alerts.some(({ id }) => id === "preflight-critical");
  return {
    title: "Dependencies, as seen from inside the network",
    subtitle: "The preflight every five minutes, and the signatures of the incidents in the logs",
    widgets: [
      ...watched(drawing, {
        title: "Checks of the preflight that failed",
        unit: "failures",
        alerts: ["preflight-critical", "preflight"],
        legend: "${service}: ${category}, ${check}",
      }),
      ...watched(drawing, {
        title: "Runs of the preflight",
        unit: "runs",
        alerts: environment.services.map(({ name }) => `${name}-preflight-silent`),
        legend: "${resource.labels.job_name}",
      }),
      ...watched(drawing, {
        title: "Signatures of the incidents in the logs",
        unit: "entries",
        alerts: [
          "log-redis-error-3",
          "log-socket-connection-failed",
          "log-exit-code-3",
          "log-connection-slots-reserved",
        ],
      }),
      ...(probes
        ? [
            {
              kind: "logs",
              title: "Why the preflight failed",
              filter: logMetrics(environment)["preflight-failed"].filter,
            } as const,
          ]
        : []),
    ],
  };
}
