import { cloudSqlLimits, loadBalancerLimits } from "../../resources/limits.ts";
import { hasIamLogin } from "../backing-services/cache-engines.ts";
import { type CacheInstance, usesCache } from "../backing-services/caches.ts";
import {
  connectionsOf,
  type DatabaseInstance,
  type DatabaseUse,
  portOf,
  usesDatabase,
} from "../backing-services/databases.ts";
import {
  type CacheBudget,
  type ConnectionBudget,
  type DatabaseBudget,
  instancesAtMost,
  pooledLogins,
  poolerConnections,
  type Share,
  tasksAtOnce,
} from "../budgets/connection-budget.ts";
import type { TimeBudget } from "../budgets/time-budget.ts";
import { isInternal } from "../edge/service-address.ts";
import type { EgressMode } from "../network/egress.ts";
import { type Environment, isJob, type Workload, workloads } from "../schema/environment.ts";
import { type ContractParts, urlVariable, type Variable } from "../workloads/contract.ts";
import { pinnedSecret } from "../workloads/secret-reference.ts";
import { type PreflightCategory, preflightCategories, preflightExitCodes } from "./preflight-result.ts";

/**
 * Expectations of the preflight of one service, passed as JSON in the variable PREFLIGHT_PLAN. Hosts, logins and
 * secrets come in the variables of the contract, exactly as the service gets them.
 */
export interface PreflightPlan {
  readonly version: 1;
  readonly environment: string;
  readonly service: string;
  readonly categories: Readonly<Record<PreflightCategory, { critical: boolean; exitCode: number }>>;
  readonly seconds: {
    /** Opening one connection. */
    readonly connect: number;
    /** How long a network path may take to become ready: timeouts are retried until then. */
    readonly ready: number;
    /** One statement of a database session. */
    readonly statement: number;
    /** One HTTP answer. */
    readonly request: number;
    /** The whole preflight. */
    readonly total: number;
  };
  /** Range that must contain the addresses of the private names. */
  readonly privateServices: string;
  /** Remaining days of a certificate below which the check warns or fails. */
  readonly certificateDays: { readonly warning: number; readonly failure: number };
  /** Expected deadlines and sizes by variable. */
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: readonly PlannedSecret[];
  readonly database?: PlannedDatabase;
  /** Several databases: the variables of each start with its name. */
  readonly databases?: readonly NamedDatabase[];
  readonly cache?: PlannedCache;
  /** Several Redis instances: the variables of each start with its name. */
  readonly caches?: readonly NamedCache[];
  readonly dependencies: readonly PlannedDependency[];
  readonly egress?: {
    /** Answers with the caller's address. */
    readonly addressEcho: string;
    /** False where public traffic leaves through Cloud Run itself: then the address is not compared. */
    readonly throughNat: boolean;
  };
}

export interface PlannedSecret {
  /** Variable with the value. */
  readonly variable: string;
  readonly secret: string;
  readonly version: number;
  readonly holds: "text" | "certificates";
}

export interface PlannedDatabase {
  /** @default "postgres" */
  readonly engine?: "mysql";
  /** It refuses writes. @default false */
  readonly replica?: true;
  readonly via: "socket" | "private-ip";
  /** TCP port, and the port of the built-in Cloud SQL connector behind a socket. */
  readonly ports: { readonly tcp: number; readonly connector: number };
  /** Longest path of a Unix socket, in bytes. */
  readonly socketPathBytes: number;
  /** Number of timed queries, and the maximum of their 95th percentile. */
  readonly queries: number;
  readonly queryMilliseconds: number;
  /** Stated `max_connections`. */
  readonly maxConnections: number;
  /** Connections of each owner at full scale, and their sum. */
  readonly shares: readonly Share[];
  readonly needed: number;
  /** Connections of one instance of this service, and of one revision at its maximum. */
  readonly perInstance: number;
  readonly perRevision: number;
}

/** One of several databases of a service. */
export interface NamedDatabase extends PlannedDatabase {
  /** Starts the names of its checks: "database-orders". */
  readonly target: string;
  /** Starts the names of its variables: "ORDERS_". */
  readonly prefix: string;
}

export interface PlannedCache {
  readonly tls: boolean;
  readonly auth: boolean;
  /** @default "redis" */
  readonly engine?: "valkey";
  /** True where AUTH takes an access token of the job's own account. */
  readonly iam?: true;
  /** True where the address is that of discovery, behind which replicas answer, too. */
  readonly cluster?: true;
  /** Range of its address. @default privateServices */
  readonly range?: string;
  readonly ports: { readonly plain: number; readonly tls: number };
  /** Number of timed PINGs, and the maximum of their median. */
  readonly pings: number;
  readonly pingMilliseconds: number;
  /** Maximum clients of the instance, and those of all services at full scale. */
  readonly clients: number;
  readonly needed: number;
  /** Connections of one instance of this service. */
  readonly perInstance: number;
}

/** One of several Redis instances of a service. */
export interface NamedCache extends PlannedCache {
  /** Starts the names of its checks: "cache-sessions". */
  readonly target: string;
  /** Starts the names of its variables: "SESSIONS_". */
  readonly prefix: string;
}

export interface PlannedDependency {
  readonly name: string;
  /** Variable with its URL. */
  readonly variable: string;
  /**
   * "tls" and "tcp" take a connection and are asked nothing. "service": of this platform, at a public address; "internal": of this platform, through the network and with an ID token.
   * Before the first deployment neither answers.
   */
  readonly kind: "https" | "tls" | "tcp" | "clickhouse" | "service" | "internal";
}

/** Categories whose failure does not stop a deployment: other services may not be deployed yet. */
const NON_CRITICAL: readonly PreflightCategory[] = ["services"];
const TIMED_QUERIES = 50;
const TIMED_PINGS = 20;
/** People renew a certificate on working days: with less than a week left it may expire on a weekend. */
const CERTIFICATE_FAILURE_DAYS = 7;

/** The parts of a plan that the preflight measures against. */
interface PreflightParts
  extends ContractParts,
    Pick<Environment, "name" | "objectives" | "network" | "preflight"> {
  readonly timeBudget: TimeBudget;
  readonly connectionBudget: ConnectionBudget;
  readonly databaseInstances: readonly DatabaseInstance[];
  readonly cacheInstances: readonly CacheInstance[];
  readonly contract: (workload: Workload) => readonly Variable[];
  readonly egressMode: (workload: Workload) => EgressMode;
}

export function preflightPlan(plan: PreflightParts, workload: Workload): PreflightPlan {
  const { deadlines } = plan;
  const addressEcho = plan.preflight?.addressEcho;
  const variables = plan.contract(workload);
  return {
    version: 1,
    environment: plan.name,
    service: workload.name,
    categories: categories(),
    seconds: {
      connect: deadlines.socketConnect,
      ready: deadlines.databaseInitialization,
      statement: deadlines.databaseStatement,
      request: deadlines.uptimeTimeout,
      total: plan.timeBudget.initialization,
    },
    privateServices: plan.network.addresses.privateServices ?? "",
    certificateDays: {
      warning: loadBalancerLimits.managedCertificateRenewal.value,
      failure: CERTIFICATE_FAILURE_DAYS,
    },
    settings: settings(variables, workload),
    secrets: secrets(plan, variables),
    ...plannedDatabases(plan, workload),
    ...plannedCaches(plan, workload),
    dependencies: dependencies(plan.main ?? plan, variables, workload),
    ...(addressEcho === undefined
      ? {}
      : {
          egress: {
            addressEcho,
            throughNat: plan.egressMode(workload) === "ALL_TRAFFIC",
          },
        }),
  };
}

/** What has a preflight: the services, jobs and worker pools with anything to check, where the environment has the probe. */
export function checkedWorkloads(
  plan: Pick<Environment, "services" | "jobs" | "workerPools" | "preflight">,
): readonly Workload[] {
  if (plan.preflight === undefined) return [];
  return workloads(plan).filter(
    (workload) =>
      usesDatabase(workload) ||
      usesCache(workload) ||
      workload.dependsOn.length > 0 ||
      workload.secrets.length > 0,
  );
}

function categories(): PreflightPlan["categories"] {
  const entries = preflightCategories.map((category) => [
    category,
    { critical: !NON_CRITICAL.includes(category), exitCode: preflightExitCodes[category] },
  ]);
  return Object.fromEntries(entries);
}

/** Deadlines, sizes and TLS of Redis, which drifted in incident I-4: 75 s were documented, 20 s in force. */
function settings(variables: readonly Variable[], workload: Workload): Record<string, string> {
  const measured = /_(SECONDS|SIZE|OVERFLOW|ATTEMPTS)$|(^|_)REDIS_TLS$/;
  const own = Object.keys(workload.environment);
  return Object.fromEntries(
    variables.flatMap(({ name, from }) =>
      "value" in from && measured.test(name) && !own.includes(name) ? [[name, from.value]] : [],
    ),
  );
}

function secrets(
  plan: Pick<PreflightParts, "databaseInstances" | "cacheInstances" | "secrets">,
  variables: readonly Variable[],
): PlannedSecret[] {
  const { databaseInstances, cacheInstances } = plan;
  const authorities = [...databaseInstances, ...cacheInstances].flatMap(({ settings: { caSecret } }) =>
    caSecret === undefined ? [] : [pinnedSecret(plan, caSecret).secret],
  );
  return variables.flatMap(({ name, from }): PlannedSecret[] => {
    if (!("secret" in from)) return [];
    const holds = authorities.includes(from.secret) ? "certificates" : "text";
    return [{ variable: name, secret: from.secret, version: from.version, holds }];
  });
}

type DatabaseParts = Pick<
  PreflightParts,
  "objectives" | "connectionBudget" | "databaseUses" | "services" | "jobs" | "workerPools"
>;

function plannedDatabases(
  plan: DatabaseParts,
  workload: Workload,
): Pick<PreflightPlan, "database" | "databases"> {
  const planned = plan.databaseUses(workload).flatMap((use) => {
    const budget = plan.connectionBudget.databases.find(({ instance }) => instance === use.instance);
    return budget === undefined ? [] : [{ use, database: plannedDatabase(plan, budget, use, workload) }];
  });
  const only = planned.find(({ use }) => use.prefix === "");
  const named = planned
    .filter(({ use }) => use.prefix !== "")
    .map(({ use, database }) => ({ target: targetOf("database", use), prefix: use.prefix, ...database }));
  return {
    ...(only === undefined ? {} : { database: only.database }),
    ...(named.length === 0 ? {} : { databases: named }),
  };
}

/** ORDERS_ is checked as "database-orders". */
function targetOf(category: "database" | "cache", { prefix }: { readonly prefix: string }): string {
  return `${category}-${prefix.slice(0, -1).toLowerCase().replaceAll("_", "-")}`;
}

function plannedDatabase(
  plan: DatabaseParts,
  { instance, shares, used }: DatabaseBudget,
  use: DatabaseUse,
  workload: Workload,
): PlannedDatabase {
  const perInstance = connectionsOf([use]);
  const { via } = use;
  const pools = pooledLogins(
    workloads(plan)
      .flatMap(plan.databaseUses)
      .filter((other) => other.instance === instance),
  );
  return {
    ...(instance.engine.id === "mysql" ? { engine: instance.engine.id } : {}),
    ...(instance.replica === undefined ? {} : { replica: true as const }),
    via: via === "socket" ? "socket" : "private-ip",
    ports: {
      tcp: portOf(instance, via),
      connector: cloudSqlLimits.connectorPort.value,
    },
    socketPathBytes: cloudSqlLimits.socketPathLength.value,
    queries: TIMED_QUERIES,
    queryMilliseconds: plan.objectives.databaseMilliseconds,
    maxConnections: instance.settings.maxConnections,
    shares,
    needed: used,
    perInstance,
    perRevision: Math.min(
      perInstance * atOnce(workload),
      via === "pooler" ? poolerConnections(instance.settings, pools) : Number.POSITIVE_INFINITY,
    ),
  };
}

/** Instances of one revision, or tasks of a job that run at the same time. */
export function atOnce(workload: Workload): number {
  return isJob(workload) ? tasksAtOnce(workload) : instancesAtMost(workload);
}

function plannedCaches(
  plan: Pick<PreflightParts, "objectives" | "network" | "connectionBudget" | "cacheUses">,
  workload: Workload,
): Pick<PreflightPlan, "cache" | "caches"> {
  const planned = plan.cacheUses(workload).flatMap((use) => {
    const budget = plan.connectionBudget.caches.find(({ instance }) => instance === use.instance);
    return budget === undefined ? [] : [{ use, cache: plannedCache(plan, budget, use.pool) }];
  });
  const only = planned.find(({ use }) => use.prefix === "");
  const named = planned
    .filter(({ use }) => use.prefix !== "")
    .map(({ use, cache }) => ({ target: targetOf("cache", use), prefix: use.prefix, ...cache }));
  return {
    ...(only === undefined ? {} : { cache: only.cache }),
    ...(named.length === 0 ? {} : { caches: named }),
  };
}

function plannedCache(
  { objectives, network }: Pick<PreflightParts, "objectives" | "network">,
  { instance, limit, used }: CacheBudget,
  pool: number,
): PlannedCache {
  const { engine, settings } = instance;
  const { tls, auth } = settings;
  return {
    tls,
    auth,
    ...(engine.id === "valkey"
      ? {
          engine: engine.id,
          ...(hasIamLogin(settings) ? { iam: true as const } : {}),
          ...(settings.shards === undefined ? {} : { cluster: true as const }),
          range: network.addresses.privateServiceConnect ?? "",
        }
      : {}),
    ports: { plain: engine.port({ tls: false }), tls: engine.port({ tls: true }) },
    pings: TIMED_PINGS,
    pingMilliseconds: objectives.cacheMilliseconds,
    clients: limit,
    needed: used,
    perInstance: pool,
  };
}

function dependencies(
  { services, externalDependencies }: Pick<PreflightParts, "services" | "externalDependencies">,
  variables: readonly Variable[],
  workload: Workload,
): PlannedDependency[] {
  const urls = variables.map(({ name }) => name);
  return workload.dependsOn.flatMap((name): PlannedDependency[] => {
    const variable = urlVariable(name);
    if (!urls.includes(variable)) return [];
    const external = externalDependencies.find((dependency) => dependency.name === name);
    if (external !== undefined) {
      const { protocol = "https" } = external;
      const isClickhouse = protocol === "https" && name.split("-").includes("clickhouse");
      return [{ name, variable, kind: isClickhouse ? "clickhouse" : protocol }];
    }
    const callee = services.find((other) => other.name === name);
    return [{ name, variable, kind: callee !== undefined && isInternal(callee) ? "internal" : "service" }];
  });
}
