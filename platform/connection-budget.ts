import { cloudSqlLimits, connectorLimits, redisLimits } from "../resources/limits.ts";
import type { Issue, Path } from "./issue.ts";
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

/** The settings that determine how many instances run at full scale. */
export type Scale = Pick<Environment, "services" | "overlappingRevisions">;

export function connectionBudget(
  environment: Scale & Pick<Environment, "database" | "cache" | "network">,
): ConnectionBudget {
  const database = databaseBudget(environment, environment.database);
  const cache = cacheBudget(environment, environment.cache);
  const connector = connectorBudget(environment, environment.network);
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

export function databaseBudget(scale: Scale, database: Environment["database"]): Budget {
  const superuser = cloudSqlLimits.superuserReservedConnections.value;
  const users = scale.services.filter((service) => service.database !== undefined);
  return total(database.maxConnections, [
    ...users.map((service) =>
      serviceShare(
        scale,
        service,
        connectionsPerInstance(service),
        `(${service.database?.pool} + ${service.database?.overflow})`,
      ),
    ),
    { owner: "migration jobs", connections: database.jobConnections, sum: "database.jobConnections" },
    ...preflightShare(users, connectionsPerInstance),
    {
      owner: "reserved",
      connections: database.reservedConnections + superuser,
      sum: `database.reservedConnections ${database.reservedConnections} + superuser ${superuser}`,
    },
  ]);
}

export function cacheBudget(scale: Scale, cache: Environment["cache"]): Budget {
  const users = scale.services.filter((service) => service.cache !== undefined);
  const pool = (service: Service): number => service.cache?.pool ?? 0;
  return total(redisClientCap(cache), [
    ...users.map((service) => serviceShare(scale, service, pool(service), String(pool(service)))),
    ...preflightShare(users, pool),
  ]);
}

/** A service at full scale: every instance of every overlapping revision. */
function serviceShare(
  { overlappingRevisions }: Scale,
  { name, instances }: Service,
  perInstance: number,
  written: string,
): Share {
  return {
    owner: name,
    connections: instances.max * overlappingRevisions * perInstance,
    sum: `${instances.max} instances × ${overlappingRevisions} revisions × ${written}`,
  };
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

export function connectorBudget(scale: Scale, { connector }: Environment["network"]): Budget | undefined {
  if (connector === undefined) return undefined;
  const perMachine = connectorLimits.throughputPerInstance.value[connector.machineType] ?? 0;
  const users = scale.services.filter((service) => service.path === "connector");
  return total(
    perMachine * connector.maxInstances,
    users.map((service) => serviceShare(scale, service, service.bandwidth, `${service.bandwidth} Mbit/s`)),
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
