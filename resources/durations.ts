import type { Limit } from "./limits.ts";

function lasting(value: string, source: string): Limit<string> {
  return { value, unit: "duration", source, checked: "2026-11" };
}

/** How long things take or stay away, as Google says or as it was seen; never a promise. */
export const durations = {
  connectorReplaced: lasting(
    "about 5 minutes",
    "https://docs.cloud.google.com/vpc/docs/configure-serverless-vpc-access",
  ),
  databaseRestart: lasting(
    "about a minute",
    "https://docs.cloud.google.com/sql/docs/postgres/instance-settings",
  ),
  databaseCreated: lasting(
    "10 to 30 minutes",
    "https://docs.cloud.google.com/sql/docs/postgres/create-instance",
  ),
  databaseNameBlocked: lasting("a week", "https://docs.cloud.google.com/sql/docs/postgres/delete-instance"),
  redisFailover: lasting(
    "some seconds",
    "https://docs.cloud.google.com/memorystore/docs/redis/scaling-instances",
  ),
  redisCreated: lasting(
    "about 5 to 10 minutes",
    "https://docs.cloud.google.com/memorystore/docs/redis/create-manage-instances",
  ),
  subnetHeld: lasting("up to two hours", "https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc"),
  certificateIssued: lasting(
    "up to 60 minutes, and up to 24 hours to reach every edge",
    "https://docs.cloud.google.com/load-balancing/docs/ssl-certificates/google-managed-certs",
  ),
  secretVersionsGone: lasting(
    "at once and for good",
    "https://docs.cloud.google.com/secret-manager/docs/delete-secret",
  ),
} as const;
