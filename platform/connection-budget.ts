import type { Issue, Path } from "./issue.ts";
import { cloudSqlLimits, connectorLimits, redisLimits } from "./limits.ts";
import type { Environment, Service } from "./schema/environment.ts";

/** The connections of one owner at full scale while revisions overlap. */
export interface Share {
  /** Service name, "migration jobs", "reserved" ... */
  readonly owner: string;
  readonly connections: number;
  /** The calculation: "23 instances × 2 revisions × (10 + 15)". */
  readonly sum: string;
}

export interface Budget {
  readonly shares: readonly Share[];
  readonly used: number;
  readonly limit: number;
}

export interface ConnectionBudget {
  readonly database: Budget;
  readonly cache: Budget;
  /** Mbit/s through the connector at full scale; undefined where the environment has none. */
  readonly connector: Budget | undefined;
  readonly issues: readonly Issue[];
}

/** What is left; negative where the budget is exceeded. */
export function headroom(budget: Budget): number {
  return budget.limit - budget.used;
}

/** The settings that open connections, and those that bound them. */
export type ConnectionSettings = Pick<
  Environment,
  "services" | "overlappingRevisions" | "database" | "cache" | "network"
>;

export function connectionBudget(environment: ConnectionSettings): ConnectionBudget {
  const database = databaseBudget(environment);
  const cache = cacheBudget(environment);
  const connector = connectorBudget(environment);
  const uses = environment.services.map((_, index): Path => ["services", index]);
  return {
    database,
    cache,
    connector,
    issues: [
      ...exceeded(database, {
        path: ["database", "maxConnections"],
        written: `${database.limit} connections`,
        what: "connections",
        fix: "raise maxConnections (with a tier whose memory carries it), or lower instances.max, pool or overflow",
        uses,
      }),
      ...exceeded(cache, {
        path: ["cache", "memoryGibibytes"],
        written: `${environment.cache.memoryGibibytes} GiB, which takes ${cache.limit} clients`,
        what: "Redis clients",
        fix: "choose more memory or Redis 7, or lower instances.max or cache.pool",
        uses,
      }),
      ...(connector === undefined
        ? []
        : exceeded(connector, {
            path: ["network", "connector", "maxInstances"],
            written: `${environment.network.connector?.maxInstances}, which carry ${connector.limit} Mbit/s`,
            what: "Mbit/s",
            fix: 'raise maxInstances (at most 10), choose machineType "e2-standard-4", or move a service to path "direct"',
            uses,
          })),
      ...perInstance(environment.services),
    ],
  };
}

/** Connections of one instance to PostgreSQL. */
export function connectionsPerInstance(service: Service): number {
  return service.database === undefined ? 0 : service.database.pool + service.database.overflow;
}

/** The service with the largest pool, overflow included; "none" with one connection where no service has a database. */
export function largestPool(services: readonly Service[]): {
  readonly name: string;
  readonly connections: number;
} {
  return services
    .filter(({ database }) => database !== undefined)
    .map((service) => ({ name: service.name, connections: connectionsPerInstance(service) }))
    .reduce((a, b) => (b.connections > a.connections ? b : a), { name: "none", connections: 1 });
}

export function databaseBudget(
  environment: Pick<ConnectionSettings, "services" | "overlappingRevisions" | "database">,
): Budget {
  const { database, overlappingRevisions } = environment;
  const superuser = cloudSqlLimits.superuserReservedConnections.value;
  return total(database.maxConnections, [
    ...environment.services
      .filter((service) => service.database !== undefined)
      .map((service) => ({
        owner: service.name,
        connections: service.instances.max * overlappingRevisions * connectionsPerInstance(service),
        sum: `${service.instances.max} instances × ${overlappingRevisions} revisions × (${service.database?.pool} + ${service.database?.overflow})`,
      })),
    { owner: "migration jobs", connections: database.jobConnections, sum: "database.jobConnections" },
    ...preflightShare(environment.services, connectionsPerInstance),
    {
      owner: "reserved",
      connections: database.reservedConnections + superuser,
      sum: `database.reservedConnections ${database.reservedConnections} + superuser ${superuser}`,
    },
  ]);
}

export function cacheBudget(
  environment: Pick<ConnectionSettings, "services" | "overlappingRevisions" | "cache">,
): Budget {
  const { cache, overlappingRevisions } = environment;
  return total(redisClientCap(cache), [
    ...environment.services
      .filter((service) => service.cache !== undefined)
      .map((service) => ({
        owner: service.name,
        connections: service.instances.max * overlappingRevisions * (service.cache?.pool ?? 0),
        sum: `${service.instances.max} instances × ${overlappingRevisions} revisions × ${service.cache?.pool}`,
      })),
    ...preflightShare(environment.services, (service) => service.cache?.pool ?? 0),
  ]);
}

/**
 * The preflight of a service opens as many connections as one of its instances. All preflights run at once during a
 * deployment and on a schedule, in addition to the services at full scale.
 */
function preflightShare(services: readonly Service[], each: (service: Service) => number): Share[] {
  const counts = services.map(each).filter((count) => count > 0);
  if (counts.length === 0) return [];
  const connections = counts.reduce((sum, count) => sum + count, 0);
  return [
    { owner: "preflight jobs", connections, sum: `as one instance of each service: ${counts.join(" + ")}` },
  ];
}

/** Before Redis 7 TLS lowers the maximum number of clients, by memory. */
function redisClientCap(cache: Environment["cache"]): number {
  const plain = redisLimits.maxClients.value;
  if (!cache.tls || cache.version !== "REDIS_6_X") return plain;
  return (
    redisLimits.tlsClientsByMemory.value.find(([largest]) => cache.memoryGibibytes <= largest)?.[1] ?? plain
  );
}

export function connectorBudget(
  environment: Pick<ConnectionSettings, "services" | "overlappingRevisions" | "network">,
): Budget | undefined {
  const { connector } = environment.network;
  if (connector === undefined) return undefined;
  const perMachine = connectorLimits.throughputPerInstance.value[connector.machineType] ?? 0;
  return total(
    perMachine * connector.maxInstances,
    environment.services
      .filter((service) => service.path === "connector")
      .map((service) => ({
        owner: service.name,
        connections: service.instances.max * environment.overlappingRevisions * service.bandwidth,
        sum: `${service.instances.max} instances × ${environment.overlappingRevisions} revisions × ${service.bandwidth} Mbit/s`,
      })),
  );
}

function total(limit: number, shares: readonly Share[]): Budget {
  return { shares, used: shares.reduce((sum, share) => sum + share.connections, 0), limit };
}

function exceeded(
  budget: Budget,
  about: { path: Path; written: string; what: string; fix: string; uses: readonly Path[] },
): Issue[] {
  if (budget.used <= budget.limit) return [];
  const shares = budget.shares
    .map((share) => `${share.owner} ${share.connections} (${share.sum})`)
    .join(" + ");
  return [
    {
      path: about.path,
      value: about.written,
      allowed: `at full scale ${budget.used} ${about.what} are needed: ${shares}`,
      fix: about.fix,
      uses: about.uses,
    },
  ];
}

/** The built-in Cloud SQL connector of Cloud Run carries 100 connections of one instance. */
function perInstance(services: readonly Service[]): Issue[] {
  const limit = cloudSqlLimits.connectionsPerCloudRunInstance.value;
  return services.flatMap((service, index): Issue[] => {
    if (service.database?.via !== "socket" || connectionsPerInstance(service) <= limit) return [];
    return [
      {
        path: ["services", index, "database", "pool"],
        value: `${service.database.pool} + ${service.database.overflow} overflow`,
        allowed: `one Cloud Run instance gets at most ${limit} connections through the Cloud SQL socket`,
        fix: 'lower pool or overflow, or write via: "private-ip"',
        uses: [["services", index, "database", "overflow"]],
      },
    ];
  });
}
