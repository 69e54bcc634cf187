import type { DatabaseEngine } from "../backing-services/database-engines.ts";

/** What an operator notices first. Each has a page in the runbook that alerts and failed checks link to. */
export const symptoms = [
  { id: "503-with-healthy-containers", title: "503 with healthy containers", of: "services" },
  { id: "endpoint-down", title: "A public endpoint does not answer", of: "uptimeChecks" },
  { id: "requests-slow", title: "Requests are slow", of: "services" },
  { id: "error-budget-burning", title: "The error budget burns too fast", of: "services" },
  { id: "connector-at-its-maximum", title: "The connector is at its maximum", of: "connector" },
  {
    id: "connection-slots-exhausted",
    title: "Connection slots of PostgreSQL are exhausted",
    of: "databaseInstances",
  },
  { id: "socket-connection-failed", title: "Socket connection failed", of: "databaseInstances" },
  { id: "database-down", title: "The database does not answer", of: "databaseInstances" },
  { id: "database-overloaded", title: "The database is overloaded", of: "databaseInstances" },
  { id: "disk-full", title: "The database's disk fills up", of: "databaseInstances" },
  { id: "replication", title: "The database has no standby to fail over to", of: "databaseInstances" },
  { id: "replica-lag", title: "A read replica is behind its primary", of: "replicas" },
  { id: "transaction-ids", title: "Transaction ids of PostgreSQL run out", of: "postgres" },
  { id: "redis-error-3", title: "Redis error -3", of: "cacheInstances" },
  { id: "redis-full", title: "Redis is full", of: "cacheInstances" },
  { id: "start-up-timeouts", title: "Containers do not start in time", of: "services" },
  { id: "instances-at-their-maximum", title: "A service is at its maximum of instances", of: "services" },
  { id: "nat-ports-exhausted", title: "Ports of Cloud NAT are exhausted", of: "nat" },
  { id: "wrong-certificate", title: "Wrong or expiring certificate", of: "edge" },
  { id: "preflight-failing", title: "The preflight fails", of: "scheduledProbes" },
  { id: "job-failed", title: "A job fails", of: "jobs" },
  { id: "job-not-run", title: "A job does not run", of: "schedules" },
  { id: "workers-missing", title: "A worker pool lacks instances", of: "workerPools" },
  { id: "messages-wait", title: "Messages wait too long", of: "subscriptions" },
  { id: "dead-letters", title: "Messages become dead letters", of: "subscriptions" },
  { id: "region-down", title: "A region fails", of: "furtherRegions" },
  { id: "drift", title: "The platform differs from its code" },
] as const satisfies readonly Symptom[];

export interface Symptom {
  /** Anchor of the page: docs/runbook/<environment>.md#<id>. It never changes, because links use it. */
  readonly id: string;
  readonly title: string;
  /** The part of the environment without which it cannot occur. @default it can in every environment */
  readonly of?: Part;
}

type Part = keyof Lists | "schedules" | "connector" | "nat" | "postgres" | "replicas" | "edge";

interface Lists {
  readonly services: readonly unknown[];
  readonly jobs?: readonly { readonly schedule?: unknown }[] | undefined;
  readonly workerPools?: readonly unknown[] | undefined;
  readonly databaseInstances: readonly {
    readonly engine: Pick<DatabaseEngine, "id" | "label">;
    readonly replica?: unknown;
  }[];
  readonly cacheInstances: readonly { readonly engine: { readonly label: string } }[];
  readonly subscriptions: readonly unknown[];
  readonly uptimeChecks: readonly unknown[];
  readonly scheduledProbes: readonly unknown[];
  readonly furtherRegions: readonly unknown[];
}

/** What decides which symptoms can occur. */
export interface SymptomParts extends Lists {
  readonly network: { readonly connector?: unknown };
  readonly natAddresses: number;
  readonly furtherRegions: readonly Pick<SymptomParts, "network" | "natAddresses">[];
  readonly edge?: unknown;
}

export type SymptomId = (typeof symptoms)[number]["id"];

/** Those that can occur in an environment. */
export function symptomsOf(parts: SymptomParts): readonly (Symptom & { readonly id: SymptomId })[] {
  const all: readonly (Symptom & { readonly id: SymptomId })[] = symptoms;
  const { furtherRegions, edge } = parts;
  const places = [parts, ...furtherRegions];
  const hasSome = (list: keyof Lists): boolean => (parts[list] ?? []).length > 0;
  const isThere: Readonly<Record<Part, boolean>> = {
    connector: places.some(({ network }) => network.connector !== undefined),
    nat: places.some(({ natAddresses }) => natAddresses > 0),
    replicas: parts.databaseInstances.some(({ replica }) => replica !== undefined),
    postgres: parts.databaseInstances.some(({ engine }) => engine.id === "postgres"),
    edge: edge !== undefined,
    services: hasSome("services"),
    jobs: hasSome("jobs"),
    schedules: (parts.jobs ?? []).some(({ schedule }) => schedule !== undefined),
    workerPools: hasSome("workerPools"),
    databaseInstances: hasSome("databaseInstances"),
    cacheInstances: hasSome("cacheInstances"),
    subscriptions: hasSome("subscriptions"),
    uptimeChecks: hasSome("uptimeChecks"),
    scheduledProbes: hasSome("scheduledProbes"),
    furtherRegions: hasSome("furtherRegions"),
  };
  const labels = (list: SymptomParts["cacheInstances"] | SymptomParts["databaseInstances"]): string =>
    [...new Set(list.map(({ engine }) => engine.label))].join(" or ");
  return all
    .filter(({ of }) => of === undefined || isThere[of])
    .map((symptom) => {
      if (symptom.of === "databaseInstances")
        return { ...symptom, title: symptom.title.replace("PostgreSQL", labels(parts.databaseInstances)) };
      if (symptom.of === "cacheInstances")
        return { ...symptom, title: symptom.title.replace("Redis", labels(parts.cacheInstances)) };
      return symptom;
    });
}
