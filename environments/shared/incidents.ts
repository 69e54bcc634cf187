import type { EnvironmentInput } from "../../platform/schema/environment.ts";

/** What happened on these platforms before: docs/incidents.md. Alerts and pages of the runbook repeat it. */
export const incidents: NonNullable<NonNullable<EnvironmentInput["operations"]>["incidents"]> = [
  {
    symptom: "503-with-healthy-containers",
    note: "Incident I-2: Redis was out of reach, every container counted as healthy, and the deployment had succeeded.",
  },
  {
    symptom: "connector-at-its-maximum",
    note: "Incident I-1: 46 instances of two revisions shared one connector, and a maximum of 15 was asked for, which Google rejects.",
  },
  {
    symptom: "connection-slots-exhausted",
    note: "Incident I-3: 46 instances with 25 connections each could open 1,150, and nobody had multiplied.",
  },
  {
    symptom: "socket-connection-failed",
    note: "Incident I-4: 649 of these entries; the database was called by two names.",
  },
  {
    symptom: "start-up-timeouts",
    note: "Incident I-4: initialization gave up after 20 s where 75 s was written, and containers ended with exit code 3.",
  },
  {
    symptom: "redis-error-3",
    note: "Incident I-2: the range of Redis was suspected because it differs from the connector's, which is normal.",
  },
  {
    symptom: "drift",
    note: "Incidents I-0 to I-4 had this in common: what was in force was not what was written.",
  },
];
