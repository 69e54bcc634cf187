import { cloudSqlLimits, redisLimits } from "./limits.ts";
import { type PlatformNames, secretVariable } from "./names.ts";
import type { Environment, Service } from "./schema/environment.ts";

/** One environment variable that a service receives. */
export interface Variable {
  readonly name: string;
  /** The value in plain text, or the pinned secret it comes from. */
  readonly from: { readonly value: string } | { readonly secret: string; readonly version: number };
  /** What it means, with its unit. */
  readonly meaning: string;
}

/** The parts of a plan that services get as environment variables. */
export interface ContractParts
  extends Pick<
    Environment,
    "deadlines" | "database" | "cache" | "secrets" | "services" | "externalDependencies"
  > {
  readonly names: PlatformNames;
}

/**
 * The environment variables of a service: every deadline, pool size and address, each taken from the budgets.
 */
export function contract(plan: ContractParts, service: Service): Variable[] {
  const own = Object.entries(service.environment).map(([name, value]) =>
    plain(name, value, "set by this environment for this service"),
  );
  return [...platformVariables(plan, service), ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The variables that the platform sets by itself, which the environment of a service may not set. */
export function platformVariables(plan: ContractParts, service: Service): Variable[] {
  return [
    plain("REQUEST_TIMEOUT_SECONDS", service.requestTimeout, "longest that one request may last, in seconds"),
    plain(
      "SHUTDOWN_GRACE_SECONDS",
      plan.deadlines.shutdownGrace,
      "time to drain after SIGTERM, in seconds; Cloud Run kills at 10",
    ),
    ...databaseVariables(plan, service),
    ...cacheVariables(plan, service),
    ...dependencyVariables(plan, service),
    ...service.secrets.map((name) => secret(plan, name, secretVariable(name), `secret ${name}`)),
  ];
}

/** The secrets whose values a service may read. */
export function secretNames(variables: readonly Variable[]): string[] {
  const names = variables.flatMap(({ from }) => ("secret" in from ? [from.secret] : []));
  return [...new Set(names)].sort();
}

function plain(name: string, value: string | number | boolean, meaning: string): Variable {
  return { name, from: { value: String(value) }, meaning };
}

function secret(
  { secrets }: Pick<ContractParts, "secrets">,
  name: string,
  variable: string,
  meaning: string,
): Variable {
  const version = secrets.find((declared) => declared.name === name)?.version ?? 1;
  return { name: variable, from: { secret: name, version }, meaning };
}

function databaseVariables(
  plan: Pick<ContractParts, "names" | "deadlines" | "database" | "secrets">,
  service: Service,
): Variable[] {
  if (service.database === undefined) return [];
  const { names, deadlines, database } = plan;
  const socket = service.database.via === "socket";
  return [
    plain(
      "POSTGRES_HOST",
      socket ? names.socketDirectory : names.postgresHost,
      socket
        ? "directory of the Cloud SQL socket"
        : "private DNS name; verify the server's CA, its certificate does not name this host",
    ),
    plain(
      "POSTGRES_PORT",
      cloudSqlLimits.postgresPort.value,
      "port, and the number in the socket's file name",
    ),
    plain("POSTGRES_DB", database.databaseName, "database"),
    plain("POSTGRES_USER", database.user, "login"),
    secret(plan, database.passwordSecret, "POSTGRES_PASSWORD", "password of the login"),
    ...(socket || database.caSecret === undefined
      ? []
      : [secret(plan, database.caSecret, "POSTGRES_CA_CERTIFICATE", "CA certificate of the server, PEM")]),
    plain("CLOUD_SQL_INSTANCE", names.connectionName, "instance as project:region:instance"),
    plain(
      "DATABASE_CONNECT_TIMEOUT_SECONDS",
      deadlines.socketConnect,
      "longest that opening one connection may take, in seconds",
    ),
    plain(
      "DATABASE_INIT_TIMEOUT_SECONDS",
      deadlines.databaseInitialization,
      "longest that initialization may take, in seconds",
    ),
    plain(
      "DATABASE_INIT_ATTEMPTS",
      deadlines.initializationAttempts,
      "attempts to initialize before the container exits",
    ),
    plain(
      "DATABASE_STATEMENT_TIMEOUT_SECONDS",
      deadlines.databaseStatement,
      "statement timeout of each session, in seconds",
    ),
    plain("DATABASE_POOL_SIZE", service.database.pool, "connections that the pool keeps, per instance"),
    plain("DATABASE_MAX_OVERFLOW", service.database.overflow, "connections beyond the pool, per instance"),
    plain(
      "DATABASE_POOL_IDLE_SECONDS",
      deadlines.poolIdle,
      "idle connections leave the pool after this, in seconds",
    ),
  ];
}

function cacheVariables(
  plan: Pick<ContractParts, "names" | "cache" | "secrets">,
  service: Service,
): Variable[] {
  if (service.cache === undefined) return [];
  const { names, cache } = plan;
  return [
    plain(
      "REDIS_HOST",
      names.redisHost,
      "private DNS name; verify the server's CA, its certificate does not name this host",
    ),
    plain("REDIS_PORT", redisPort(cache), "6378 with TLS, 6379 without"),
    plain("REDIS_TLS", cache.tls, "whether to speak TLS (rediss://)"),
    plain("REDIS_POOL_SIZE", service.cache.pool, "connections per instance"),
    ...(cache.auth ? [secret(plan, cache.authSecret, "REDIS_PASSWORD", "AUTH string")] : []),
    ...(cache.tls
      ? [secret(plan, cache.caSecret, "REDIS_CA_CERTIFICATE", "CA certificates of the server, PEM")]
      : []),
  ];
}

/** The variable with the URL of a dependency: clickhouse-events -> CLICKHOUSE_EVENTS_URL. */
export function urlVariable(dependency: string): string {
  return `${secretVariable(dependency)}_URL`;
}

/** Memorystore listens on another port with TLS. */
export function redisPort(cache: Environment["cache"]): number {
  return (cache.tls ? redisLimits.tlsPort : redisLimits.port).value;
}

function dependencyVariables(
  { services, externalDependencies }: Pick<ContractParts, "services" | "externalDependencies">,
  service: Service,
): Variable[] {
  return service.dependsOn.flatMap((name) => {
    const external = externalDependencies.find((dependency) => dependency.name === name);
    if (external !== undefined) {
      const port = external.port === 443 ? "" : `:${external.port}`;
      return [
        plain(urlVariable(name), `https://${external.host}${port}`, `${name}, outside of the platform`),
      ];
    }
    const exposure = services.find((other) => other.name === name)?.exposure[0];
    if (exposure === undefined) return [];
    const path = (exposure.paths[0] ?? "/*").replace(/\/?\*$/, "");
    return [
      plain(
        urlVariable(name),
        `https://${exposure.host}${path}`,
        `service ${name}, through the load balancer`,
      ),
    ];
  });
}
