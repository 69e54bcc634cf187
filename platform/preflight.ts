import { type ConnectionBudget, connectionsPerInstance, type Share } from "./connection-budget.ts";
import type { Variable } from "./contract.ts";
import type { EgressMode } from "./egress.ts";
import { cloudSqlLimits, loadBalancerLimits, redisLimits } from "./limits.ts";
import { secretVariable } from "./names.ts";
import { type PreflightCategory, preflightCategories, preflightExitCodes } from "./preflight-result.ts";
import type { Environment, Service } from "./schema/environment.ts";
import type { TimeBudget } from "./time-budget.ts";

/**
 * What the preflight of one service must find, as the JSON of the variable PREFLIGHT_PLAN. Hosts, logins and secrets
 * arrive as the contract's own variables, exactly as the service gets them; here stands what they are measured against.
 */
export interface PreflightPlan {
  readonly version: 1;
  readonly environment: string;
  readonly service: string;
  readonly categories: Readonly<Record<PreflightCategory, { critical: boolean; exitCode: number }>>;
  readonly seconds: {
    /** Opening one connection. */
    readonly connect: number;
    /** How long a path into the network may take to come up: what times out is tried again until then. */
    readonly ready: number;
    /** One statement of a database session. */
    readonly statement: number;
    /** One HTTP answer. */
    readonly request: number;
    /** The whole preflight. */
    readonly total: number;
  };
  /** Range in which the private names must lie. */
  readonly privateServices: string;
  /** Days that a certificate must still hold: below `warning` it is said, below `failure` the check fails. */
  readonly certificateDays: { readonly warning: number; readonly failure: number };
  /** Deadlines and sizes by variable; what the service gets must be this. */
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: readonly PlannedSecret[];
  readonly database?: PlannedDatabase;
  readonly cache?: PlannedCache;
  readonly dependencies: readonly PlannedDependency[];
  readonly egress?: {
    /** Answers with the caller's address. */
    readonly addressEcho: string;
    /** False where public traffic keeps Cloud Run's own way out: then the address is not compared. */
    readonly throughNat: boolean;
  };
}

export interface PlannedSecret {
  /** Variable that carries the value. */
  readonly variable: string;
  readonly secret: string;
  readonly version: number;
  readonly holds: "text" | "certificates";
}

export interface PlannedDatabase {
  readonly via: "socket" | "private-ip";
  /** Port of TCP, and the one of the built-in Cloud SQL connector behind a socket. */
  readonly ports: { readonly tcp: number; readonly connector: number };
  /** Longest path of a Unix socket, in bytes. */
  readonly socketPathBytes: number;
  /** How many queries are timed, and what their 95th percentile must stay below. */
  readonly queries: number;
  readonly queryMilliseconds: number;
  /** `max_connections` as written. */
  readonly maxConnections: number;
  /** Who may open how many at full scale, and the sum. */
  readonly shares: readonly Share[];
  readonly needed: number;
  /** Connections of one instance of this service, and of one revision at its maximum. */
  readonly perInstance: number;
  readonly perRevision: number;
}

export interface PlannedCache {
  readonly tls: boolean;
  readonly auth: boolean;
  readonly ports: { readonly plain: number; readonly tls: number };
  /** How many PINGs are timed, and what their median must stay below. */
  readonly pings: number;
  readonly pingMilliseconds: number;
  /** Clients that the instance takes, and those of all services at full scale. */
  readonly clients: number;
  readonly needed: number;
  /** Connections of one instance of this service. */
  readonly perInstance: number;
}

export interface PlannedDependency {
  readonly name: string;
  /** Variable that carries its URL. */
  readonly variable: string;
  /** "service": of this platform, through the load balancer; before the first deployment it does not answer yet. */
  readonly kind: "https" | "clickhouse" | "service";
}

/** Categories whose failure does not stop a deployment: other services may not be there yet. */
const NON_CRITICAL: readonly PreflightCategory[] = ["services"];
const TIMED_QUERIES = 50;
const TIMED_PINGS = 20;
/** A certificate is renewed by people in working days; with less than a week left the next weekend ends it. */
const CERTIFICATE_FAILURE_DAYS = 7;

/** The parts of a plan that the preflight measures against. */
interface PreflightParts
  extends Pick<
    Environment,
    | "name"
    | "deadlines"
    | "objectives"
    | "network"
    | "database"
    | "cache"
    | "externalDependencies"
    | "preflight"
  > {
  readonly timeBudget: TimeBudget;
  readonly connectionBudget: ConnectionBudget;
  readonly contract: (service: Service) => readonly Variable[];
  readonly egressMode: (service: Service) => EgressMode;
}

export function preflightPlan(plan: PreflightParts, service: Service): PreflightPlan {
  const { deadlines, preflight } = plan;
  const variables = plan.contract(service);
  return {
    version: 1,
    environment: plan.name,
    service: service.name,
    categories: categories(),
    seconds: {
      connect: deadlines.socketConnect,
      ready: deadlines.databaseInitialization,
      statement: deadlines.databaseStatement,
      request: deadlines.uptimeTimeout,
      total: plan.timeBudget.initialization,
    },
    privateServices: plan.network.addresses.privateServices,
    certificateDays: {
      warning: loadBalancerLimits.managedCertificateRenewal.value,
      failure: CERTIFICATE_FAILURE_DAYS,
    },
    settings: settings(variables, service),
    secrets: secrets(plan, variables),
    ...(service.database === undefined ? {} : { database: plannedDatabase(plan, service) }),
    ...(service.cache === undefined ? {} : { cache: plannedCache(plan, service) }),
    dependencies: dependencies(plan.externalDependencies, variables, service),
    ...(preflight.addressEcho === undefined
      ? {}
      : {
          egress: {
            addressEcho: preflight.addressEcho,
            throughNat: plan.egressMode(service) === "ALL_TRAFFIC",
          },
        }),
  };
}

/** True where the service needs something that a preflight can reach; one that needs nothing gets no job. */
export function needsPreflight(service: Service): boolean {
  return (
    service.database !== undefined ||
    service.cache !== undefined ||
    service.dependsOn.length > 0 ||
    service.secrets.length > 0
  );
}

function categories(): PreflightPlan["categories"] {
  const entries = preflightCategories.map((category) => [
    category,
    { critical: !NON_CRITICAL.includes(category), exitCode: preflightExitCodes[category] },
  ]);
  return Object.fromEntries(entries);
}

/** Deadlines, sizes and whether Redis is encrypted: 20 s in force where 75 s was written is how the timeouts drifted (I-4). */
function settings(variables: readonly Variable[], service: Service): Record<string, string> {
  const measured = /_(SECONDS|SIZE|OVERFLOW|ATTEMPTS)$|^REDIS_TLS$/;
  const own = Object.keys(service.environment);
  return Object.fromEntries(
    variables.flatMap(({ name, from }) =>
      "value" in from && measured.test(name) && !own.includes(name) ? [[name, from.value]] : [],
    ),
  );
}

function secrets(
  { database, cache }: Pick<PreflightParts, "database" | "cache">,
  variables: readonly Variable[],
): PlannedSecret[] {
  const authorities = [database.caSecret, cache.caSecret];
  return variables.flatMap(({ name, from }): PlannedSecret[] => {
    if (!("secret" in from)) return [];
    const holds = authorities.includes(from.secret) ? "certificates" : "text";
    return [{ variable: name, secret: from.secret, version: from.version, holds }];
  });
}

function plannedDatabase(
  {
    database,
    objectives,
    connectionBudget,
  }: Pick<PreflightParts, "database" | "objectives" | "connectionBudget">,
  service: Service,
): PlannedDatabase {
  const budget = connectionBudget.database;
  const perInstance = connectionsPerInstance(service);
  return {
    via: service.database?.via ?? "private-ip",
    ports: {
      tcp: cloudSqlLimits.postgresPort.value,
      connector: cloudSqlLimits.connectorPort.value,
    },
    socketPathBytes: cloudSqlLimits.socketPathLength.value,
    queries: TIMED_QUERIES,
    queryMilliseconds: objectives.databaseMilliseconds,
    maxConnections: database.maxConnections,
    shares: budget.shares,
    needed: budget.used,
    perInstance,
    perRevision: perInstance * service.instances.max,
  };
}

function plannedCache(
  { cache, objectives, connectionBudget }: Pick<PreflightParts, "cache" | "objectives" | "connectionBudget">,
  service: Service,
): PlannedCache {
  const budget = connectionBudget.cache;
  return {
    tls: cache.tls,
    auth: cache.auth,
    ports: { plain: redisLimits.port.value, tls: redisLimits.tlsPort.value },
    pings: TIMED_PINGS,
    pingMilliseconds: objectives.cacheMilliseconds,
    clients: budget.limit,
    needed: budget.used,
    perInstance: service.cache?.pool ?? 0,
  };
}

function dependencies(
  externalDependencies: PreflightParts["externalDependencies"],
  variables: readonly Variable[],
  service: Service,
): PlannedDependency[] {
  const urls = variables.map(({ name }) => name);
  return service.dependsOn.flatMap((name): PlannedDependency[] => {
    const variable = `${secretVariable(name)}_URL`;
    if (!urls.includes(variable)) return [];
    const external = externalDependencies.some((dependency) => dependency.name === name);
    const speaksClickHouse = name.split("-").includes("clickhouse");
    return [{ name, variable, kind: !external ? "service" : speaksClickHouse ? "clickhouse" : "https" }];
  });
}
