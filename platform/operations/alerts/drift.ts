import { seconds } from "../../units.ts";
import type { Alert } from "../alert.ts";
import type { AlertContext } from "../context.ts";

const HOUR_SECONDS = 3600;

/** Changes made outside the code: all five incidents had them in common. */
export function driftAlerts(context: AlertContext<"logMetrics">): Alert[] {
  const { name, logMetrics, projectFlag } = context;
  const { filter } = logMetrics.drift;
  return [
    {
      id: "drift",
      severity: "ticket",
      symptom: "drift",
      title: `${name} differs from its code`,
      meaning:
        "A value in Google Cloud is not the one that was proved. The next deployment would change it back, or it should be written down.",
      numbers: ["every difference counts"],
      commands: [
        `npm run drift -- ${name}`,
        `gcloud logging read '${filter}' --freshness=1d --limit=20 ${projectFlag}`,
        `npm run review -- ${name}`,
      ],
      conditions: [
        {
          kind: "log",
          title: "a difference was logged",
          filter,
          labels: {
            stack: "EXTRACT(jsonPayload.drift.stack)",
            address: "EXTRACT(jsonPayload.drift.address)",
            status: "EXTRACT(jsonPayload.drift.status)",
          },
          every: seconds(HOUR_SECONDS),
          autoClose: seconds(24 * HOUR_SECONDS),
        },
      ],
    },
  ];
}
