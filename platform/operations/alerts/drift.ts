import { seconds } from "../../units.ts";
import type { Alert } from "../alert.ts";
import type { Context } from "../context.ts";
import { logMetrics } from "../log-metrics.ts";

const HOUR = 3600;

/** Somebody changed the platform beside the code: all five incidents had this in common. */
export function driftAlerts({ environment, project }: Context): Alert[] {
  const { filter } = logMetrics(environment).drift;
  return [
    {
      id: "drift",
      severity: "ticket",
      symptom: "drift",
      title: `${environment.name} differs from its code`,
      meaning:
        "A value in Google Cloud is not the one that was proved. The next deployment would change it back, or it should be written down.",
      numbers: ["every difference counts"],
      commands: [
        `npm run drift -- ${environment.name}`,
        `gcloud logging read '${filter}' --freshness=1d --limit=20 ${project}`,
        `npm run review -- ${environment.name}`,
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
          every: seconds(HOUR),
          autoClose: seconds(24 * HOUR),
        },
      ],
    },
  ];
}
