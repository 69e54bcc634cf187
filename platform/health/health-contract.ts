import type { CacheUse } from "../backing-services/caches.ts";
import type { DatabaseUse } from "../backing-services/databases.ts";
import type { PlatformNames } from "../names.ts";
import type { Deadlines, Environment, Service } from "../schema/environment.ts";

/**
 * The endpoint at which a service reports the settings in force, read back from its pools and clients.
 * In incident I-4 75 s were documented and 20 s in force, without any error.
 */
export const HEALTH_PATH = "/health/infrastructure";

/** Numbers of the contract that a service reports, by the names of their environment variables. */
export type NumberInForce =
  | PlainNumber
  | `${string}${"DATABASE_POOL_SIZE" | "DATABASE_MAX_OVERFLOW" | "REDIS_POOL_SIZE"}`;

/** Those of a service that has one of each. */
export type PlainNumber =
  | "REQUEST_TIMEOUT_SECONDS"
  | "SHUTDOWN_GRACE_SECONDS"
  | "DATABASE_CONNECT_TIMEOUT_SECONDS"
  | "DATABASE_INIT_TIMEOUT_SECONDS"
  | "DATABASE_INIT_ATTEMPTS"
  | "DATABASE_STATEMENT_TIMEOUT_SECONDS"
  | "DATABASE_POOL_SIZE"
  | "DATABASE_MAX_OVERFLOW"
  | "DATABASE_POOL_IDLE_SECONDS"
  | "REDIS_POOL_SIZE";

/** The response of a service: 200 where all dependencies are up, otherwise 503 with the same body. */
export interface InfrastructureHealth {
  /** Version of this schema. */
  readonly contract: 1;
  /** Cloud Run's K_SERVICE. */
  readonly service: string;
  /** Cloud Run's K_REVISION, which distinguishes an old revision that still answers from a new one with wrong settings. */
  readonly revision: string;
  readonly status: "healthy" | "unhealthy";
  /** Values in force by the name of the contract's variable. */
  readonly inForce: Readonly<Partial<Record<NumberInForce, number>>>;
  /** "postgres" or "mysql", "orders-postgres" where there are several; "redis" or "sessions-redis"; and the services and external dependencies it calls. */
  readonly dependencies: Readonly<Record<string, DependencyHealth>>;
}

export interface DependencyHealth {
  readonly status: "up" | "down";
  /** Response time in seconds. */
  readonly seconds: number;
  /** Why it is down; never an address with a password. */
  readonly error?: string;
}

/** The expected response of a service. Plain data, passed to the preflight as JSON. */
export interface ExpectedHealth {
  /** Name in the environment. */
  readonly service: string;
  /** Name of the Cloud Run service, as in K_SERVICE. */
  readonly cloudRunService: string;
  readonly inForce: readonly ExpectedNumber[];
  readonly dependencies: readonly ExpectedDependency[];
}

export interface ExpectedNumber {
  readonly name: NumberInForce;
  readonly value: number;
  /** " s", " connections" ..., printed after the number. */
  readonly unit: string;
  /** "database initialization" */
  readonly meaning: string;
}

export interface ExpectedDependency {
  readonly name: string;
  /** The responsible side where it is down: the environment's own services are applications. */
  readonly fault: Fault;
}

export type Fault = "infrastructure" | "application";

/** Derived from the same numbers as the service's environment variables (`contract`). */
export function expectedHealth(
  {
    services,
    deadlines,
    names,
    main,
    databaseUses,
    cacheUses,
  }: Pick<Environment, "services" | "deadlines" | "main"> & {
    readonly names: PlatformNames;
    readonly databaseUses: (service: Service) => readonly DatabaseUse[];
    readonly cacheUses: (service: Service) => readonly CacheUse[];
  },
  service: Service,
): ExpectedHealth {
  const own = new Set((main?.services ?? services).map(({ name }) => name));
  const databases = databaseUses(service);
  const caches = cacheUses(service);
  return {
    service: service.name,
    cloudRunService: names.service(service.name),
    inForce: [
      number("REQUEST_TIMEOUT_SECONDS", service.requestTimeout, " s", "request timeout"),
      number("SHUTDOWN_GRACE_SECONDS", deadlines.shutdownGrace, " s", "shutdown grace"),
      ...databaseNumbers(deadlines, databases),
      ...caches.map(({ prefix, pool }) =>
        number(
          `${prefix}REDIS_POOL_SIZE`,
          pool,
          " connections",
          `Redis ${prefix === "" ? "" : `${prefixInWords(prefix)} `}pool`,
        ),
      ),
    ],
    dependencies: [
      ...databases.map(({ prefix, instance }) => infrastructure(dependencyName(prefix, instance.engine.id))),
      ...caches.map(({ prefix }) => infrastructure(dependencyName(prefix, "redis"))),
      ...service.dependsOn.map(
        (name): ExpectedDependency => (own.has(name) ? { name, fault: "application" } : infrastructure(name)),
      ),
    ],
  };
}

/** ORDERS_ and postgres: "orders-postgres". */
function dependencyName(prefix: string, kind: string): string {
  return `${prefix.toLowerCase().replaceAll("_", "-")}${kind}`;
}

/** ORDERS_: "orders". */
function prefixInWords(prefix: string): string {
  return dependencyName(prefix, "").replace(/-$/, "");
}

function databaseNumbers(deadlines: Deadlines, uses: readonly DatabaseUse[]): ExpectedNumber[] {
  if (uses.length === 0) return [];
  return [
    number("DATABASE_CONNECT_TIMEOUT_SECONDS", deadlines.socketConnect, " s", "database connect"),
    number(
      "DATABASE_INIT_TIMEOUT_SECONDS",
      deadlines.databaseInitialization,
      " s",
      "database initialization",
    ),
    number(
      "DATABASE_INIT_ATTEMPTS",
      deadlines.initializationAttempts,
      " attempts",
      "database initialization attempts",
    ),
    number("DATABASE_STATEMENT_TIMEOUT_SECONDS", deadlines.databaseStatement, " s", "database statement"),
    ...uses.flatMap(({ prefix, pool, overflow }) => {
      const what = prefix === "" ? "database" : `database ${prefixInWords(prefix)}`;
      return [
        number(`${prefix}DATABASE_POOL_SIZE`, pool, " connections", `${what} pool`),
        number(`${prefix}DATABASE_MAX_OVERFLOW`, overflow, " connections", `${what} overflow`),
      ];
    }),
    number("DATABASE_POOL_IDLE_SECONDS", deadlines.poolIdle, " s", "idle database connection"),
  ];
}

function number(name: NumberInForce, value: number, unit: string, meaning: string): ExpectedNumber {
  return { name, value, unit, meaning };
}

const infrastructure = (name: string): ExpectedDependency => ({ name, fault: "infrastructure" });
