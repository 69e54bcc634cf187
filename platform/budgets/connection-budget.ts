import { cloudSqlLimits, connectorLimits } from "../../resources/limits.ts";
import { poolersOf } from "../../resources/tiers.ts";
import { runsAtOnce } from "../../values/cron-times.ts";
import { plural } from "../../values/words.ts";
import { type CacheInstance, type CacheUse, cacheUses, clientsOf } from "../backing-services/caches.ts";
import {
  connectionsOf,
  type DatabaseInstance,
  type DatabaseUse,
  databaseUses,
} from "../backing-services/databases.ts";
import type { Issue, Path } from "../issue.ts";
import { type FurtherConnector, isOnOwnConnector, networkOf, usersOf } from "../network/connectors.ts";
import { pathOfRegion, servicesEverywhere } from "../regions/regions.ts";
import {
  type Database,
  type Environment,
  isJob,
  isWorkerPool,
  type Job,
  pathOf,
  type Service,
  type WorkerPool,
  type Workload,
  workloads,
} from "../schema/environment.ts";

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

/** Connections to one Cloud SQL instance. */
export interface DatabaseBudget extends Budget {
  readonly instance: DatabaseInstance;
}

/** "PostgreSQL", or "PostgreSQL orders" where there are several. */
export function budgetName({ instance }: Pick<DatabaseBudget, "instance">, all: readonly unknown[]): string {
  const { label } = instance.engine;
  return all.length === 1 ? label : `${label} ${instance.name}`;
}

/** Clients of one Redis instance. */
export interface CacheBudget extends Budget {
  readonly instance: CacheInstance;
}

/** "Redis", or "Redis sessions" where there are several. */
export function cacheName({ instance }: Pick<CacheBudget, "instance">, all: readonly unknown[]): string {
  return all.length === 1 ? instance.engine.label : `${instance.engine.label} ${instance.name}`;
}

export interface ConnectorBudget {
  readonly connector: FurtherConnector;
  readonly budget: Budget;
}

export interface ConnectionBudget {
  /** Connections to each Cloud SQL instance. */
  readonly databases: readonly DatabaseBudget[];
  /** Clients of each Redis instance. */
  readonly caches: readonly CacheBudget[];
  /** Mbit/s through the connector at full scale; undefined where the environment has none. */
  readonly connector: Budget | undefined;
  /** The same of each further connector. */
  readonly furtherConnectors: readonly ConnectorBudget[];
  readonly issues: readonly Issue[];
}

/** What is left; negative where the budget is exceeded. */
export function headroom(budget: Budget): number {
  return budget.limit - budget.used;
}

/** The settings that determine how many instances run at full scale. */
export type Scale = Pick<
  Environment,
  "services" | "jobs" | "workerPools" | "overlappingRevisions" | "preflight"
>;

export function connectionBudget(
  environment: Scale &
    Pick<Environment, "network" | "regions"> & {
      readonly databaseInstances: readonly DatabaseInstance[];
      readonly cacheInstances: readonly CacheInstance[];
    },
): ConnectionBudget {
  const { network, databaseInstances: instances, cacheInstances } = environment;
  const { jobs, workerPools, overlappingRevisions, preflight } = environment;
  const everywhere: Scale = {
    services: servicesEverywhere(environment),
    jobs,
    workerPools,
    overlappingRevisions,
    preflight,
  };
  const databases = instances.map((instance) => ({
    instance,
    ...databaseBudget(everywhere, instances, instance),
  }));
  const caches = cacheInstances.map((instance) => ({
    instance,
    ...cacheBudget(everywhere, cacheInstances, instance),
  }));
  const connector = connectorBudget(environment, network);
  const furtherConnectors = furtherBudgets(
    { services: environment.services, jobs, workerPools, overlappingRevisions, preflight },
    network,
  );
  const uses = workloads(environment).map((workload) => pathOf(environment, workload));
  const scale = [
    "instances.max",
    ...((environment.jobs ?? []).length === 0
      ? []
      : [
          (environment.jobs ?? []).some((job) => executionsAtOnce(job) > 1)
            ? "timeout or parallelism of a job"
            : "parallelism of a job",
        ]),
    ...((environment.workerPools ?? []).length === 0 ? [] : ["instanceCount of a worker pool"]),
  ].join(", ");
  return {
    databases,
    caches,
    connector,
    furtherConnectors,
    issues: [
      ...databases.flatMap((budget) => {
        const { path, settings } = budget.instance;
        return exceeded(budget, {
          path: [...path, "maxConnections"],
          written: `${settings.maxConnections} connections`,
          what: "connections",
          fix: `raise maxConnections (with a tier whose memory carries it), or lower ${scale}, pool or overflow${settings.pooler === undefined ? "" : ", or pooler.poolSize"}`,
          uses,
        });
      }),
      ...caches.flatMap((budget) => {
        const { path, settings, engine } = budget.instance;
        const larger = engine.id === "redis" ? "choose more memory or Redis 7" : "choose a larger nodeType";
        return exceeded(budget, {
          path: [...path, engine.sizeKey],
          written: `${engine.size(settings)}, which takes ${budget.limit} clients`,
          what: `${engine.label} clients`,
          fix: `${larger}, or lower ${scale} or cache.pool`,
          uses,
        });
      }),
      ...exceededConnector(connector, network.connector, ["network", "connector"], uses),
      ...furtherConnectors.flatMap(({ connector: further, budget }, index) =>
        exceededConnector(budget, further, ["network", "furtherConnectors", index], uses),
      ),
      ...perInstance(environment, instances),
    ],
  };
}

/** The budget of a further region: data is that of all regions, and the connector its own. */
export function regionalBudget(
  environment: Scale & Pick<Environment, "network" | "region" | "main">,
  { databases, caches }: ConnectionBudget,
): ConnectionBudget {
  const { network, main } = environment;
  const connector = connectorBudget(environment, network);
  const { services, jobs, workerPools, overlappingRevisions, preflight } = environment;
  const furtherConnectors = furtherBudgets(
    { services, jobs, workerPools, overlappingRevisions, preflight },
    network,
  );
  const uses = main === undefined ? [] : workloads(main).map((workload) => pathOf(main, workload));
  const path = pathOfRegion(environment);
  return {
    databases,
    caches,
    connector,
    furtherConnectors,
    issues: [
      ...exceededConnector(connector, network.connector, [...path, "connector"], uses),
      ...furtherConnectors.flatMap(({ connector: further, budget }, index) =>
        exceededConnector(budget, further, [...path, "furtherConnectors", index], uses),
      ),
    ],
  };
}

function exceededConnector(
  budget: Budget | undefined,
  connector: Environment["network"]["connector"] | FurtherConnector,
  path: Path,
  uses: readonly Path[],
): Issue[] {
  return exceeded(budget, {
    path: [...path, "maxInstances"],
    written: `${connector?.maxInstances}, which carry ${budget?.limit} Mbit/s`,
    what: "Mbit/s",
    fix: 'raise maxInstances (at most 10), choose machineType "e2-standard-4", or move a service to path "direct"',
    uses,
  });
}

/** Tasks of a job that run at the same time, those of executions that overlap included. */
export function tasksAtOnce(job: Job): number {
  return executionsAtOnce(job) * tasksOfExecution(job);
}

function tasksOfExecution({ tasks, parallelism }: Job): number {
  return Math.min(tasks, parallelism);
}

/** "3 executions × 4 tasks", or "4 tasks" where one execution ends before the next one starts. */
export function tasksInWords(job: Job): string {
  const executions = executionsAtOnce(job);
  const tasks = plural(tasksOfExecution(job), "task");
  return executions === 1 ? tasks : `${executions} executions × ${tasks}`;
}

const counted = new WeakMap<Job, number>();

/** Executions that run at once: one that takes longer than its schedule pauses overlaps the next ones. */
export function executionsAtOnce(job: Job): number {
  const known = counted.get(job);
  if (known !== undefined) return known;
  const { schedule, timeout, retries, tasks } = job;
  const rounds = Math.ceil(tasks / Math.max(1, tasksOfExecution(job)));
  const executions = schedule === undefined ? 1 : runsAtOnce(schedule, timeout * (retries + 1) * rounds);
  counted.set(job, executions);
  return executions;
}

/** Instances of one revision at most. */
export function instancesAtMost(workload: Service | WorkerPool): number {
  return isWorkerPool(workload) ? workload.instanceCount : workload.instances.max;
}

/** The service or job with the largest pool, overflow included; "none" with one connection where none has a database. */
export function largestPool(
  plan: Pick<Environment, "services" | "jobs" | "workerPools"> & DatabaseUsers,
  isMeant: (use: DatabaseUse) => boolean = () => true,
): { readonly name: string; readonly connections: number } {
  return workloads(plan)
    .map((workload) => ({
      name: workload.name,
      connections: connectionsOf(plan.databaseUses(workload).filter(isMeant)),
    }))
    .reduce((a, b) => (b.connections > a.connections ? b : a), { name: "none", connections: 1 });
}

interface DatabaseUsers {
  readonly databaseUses: (workload: Workload) => readonly DatabaseUse[];
}

/**
 * Connections to PostgreSQL of all poolers together, whatever their clients open; 0 where there are none. Each pooler keeps a
 * pool for each login to each database.
 */
export function poolerConnections({ pooler, tier }: Pick<Database, "pooler" | "tier">, pools = 1): number {
  return pooler === undefined ? 0 : (poolersOf(tier) ?? 1) * pooler.poolSize * Math.max(1, pools);
}

/** How many pools each pooler of an instance keeps: one for each login to each database. */
export function pooledLogins(uses: readonly DatabaseUse[]): number {
  const pooled = uses.filter(({ via }) => via === "pooler");
  return new Set(pooled.map(({ database, user }) => `${user}@${database}`)).size;
}

/** The connections to one of the instances at full scale. */
export function databaseBudget(
  scale: Scale,
  instances: readonly DatabaseInstance[],
  instance: DatabaseInstance,
): Budget {
  const { key, settings, engine, replica } = instance;
  const superuser = engine.superuserConnections;
  const usesOf = (workload: Workload): DatabaseUse[] =>
    databaseUses(instances, workload).filter((use) => use.instance === instance);
  const direct = (workload: Workload): DatabaseUse[] =>
    usesOf(workload).filter(({ via }) => via !== "pooler");
  const pools = Math.max(1, pooledLogins(workloads(scale).flatMap(usesOf)));
  return total(settings.maxConnections, [
    ...workloads(scale).flatMap((workload) => {
      const uses = direct(workload);
      if (uses.length === 0) return [];
      const written = uses.map(({ pool, overflow }) => `${pool} + ${overflow}`).join(" + ");
      return [shareOf(scale, workload, connectionsOf(uses), `(${written})`)];
    }),
    ...(settings.pooler === undefined
      ? []
      : [
          {
            owner: "connection poolers",
            connections: poolerConnections(settings, pools),
            sum: `${plural(poolersOf(settings.tier) ?? 1, "pooler")} × ${pools === 1 ? "" : `${pools} logins × `}${settings.pooler.poolSize}`,
          },
        ]),
    // Migrations write, which a replica refuses.
    ...(replica === undefined
      ? [{ owner: "migration jobs", connections: settings.jobConnections, sum: `${key}.jobConnections` }]
      : []),
    ...preflightShare(scale, (workload) => connectionsOf(direct(workload))),
    {
      owner: "reserved",
      connections: settings.reservedConnections + superuser,
      sum: `${replica?.primaryKey ?? key}.reservedConnections ${settings.reservedConnections}${superuser === 0 ? "" : ` + superuser ${superuser}`}`,
    },
  ]);
}

/** The clients of one of the Redis instances at full scale. */
export function cacheBudget(
  scale: Scale,
  instances: readonly CacheInstance[],
  instance: CacheInstance,
): Budget {
  const usesOf = (workload: Workload): CacheUse[] =>
    cacheUses(instances, workload).filter((use) => use.instance === instance);
  return total(instance.engine.clients(instance.settings), [
    ...workloads(scale).flatMap((workload) => {
      const uses = usesOf(workload);
      if (uses.length === 0) return [];
      const [first, ...more] = uses.map(({ pool }) => String(pool));
      const written = more.length === 0 ? `${first}` : `(${[first, ...more].join(" + ")})`;
      return [shareOf(scale, workload, clientsOf(uses), written)];
    }),
    ...preflightShare(scale, (workload) => clientsOf(usesOf(workload))),
  ]);
}

/** A service at full scale: every instance of every overlapping revision. A job: the tasks that run at once. */
function shareOf(
  { overlappingRevisions }: Scale,
  workload: Workload,
  perInstance: number,
  written: string,
): Share {
  const { name } = workload;
  if (isJob(workload)) {
    return {
      owner: name,
      connections: tasksAtOnce(workload) * perInstance,
      sum: `${tasksInWords(workload)} × ${written}`,
    };
  }
  const instances = instancesAtMost(workload);
  return {
    owner: name,
    connections: instances * overlappingRevisions * perInstance,
    sum: `${instances} instances × ${overlappingRevisions} revisions × ${written}`,
  };
}

/**
 * The preflight of a service opens as many connections as one of its instances, that of a job as one of its tasks. All preflights run at
 * once during a deployment and on a schedule, in addition to what runs at full scale.
 */
function preflightShare(scale: Scale, each: (workload: Workload) => number): Share[] {
  if (scale.preflight === undefined) return [];
  const isOnlyServices = workloads(scale).length === scale.services.length;
  const counts = workloads(scale)
    .map(each)
    .filter((count) => count > 0);
  if (counts.length === 0) return [];
  const connections = counts.reduce((sum, count) => sum + count, 0);
  return [
    {
      owner: "preflight jobs",
      connections,
      sum: `as one instance of each service${isOnlyServices ? "" : ", worker pool and task"}: ${counts.join(" + ")}`,
    },
  ];
}

/** The budget of each further connector. */
export function furtherBudgets(scale: Scale, network: Environment["network"]): ConnectorBudget[] {
  return (network.furtherConnectors ?? []).flatMap((connector) => {
    const budget = connectorBudget(usersOf(scale, connector), networkOf(network, connector));
    return budget === undefined ? [] : [{ connector, budget }];
  });
}

export function connectorBudget(scale: Scale, { connector }: Environment["network"]): Budget | undefined {
  if (connector === undefined) return undefined;
  const perMachine = connectorLimits.throughputPerInstance.value[connector.machineType] ?? 0;
  const users = workloads(scale).filter(isOnOwnConnector);
  return total(
    perMachine * connector.maxInstances,
    users.map((workload) => shareOf(scale, workload, workload.bandwidth, `${workload.bandwidth} Mbit/s`)),
  );
}

function total(limit: number, shares: readonly Share[]): Budget {
  return { shares, used: shares.reduce((sum, share) => sum + share.connections, 0), limit };
}

function exceeded(
  budget: Budget | undefined,
  about: { path: Path; written: string; what: string; fix: string; uses: readonly Path[] },
): Issue[] {
  if (budget === undefined || budget.used <= budget.limit) return [];
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

/** The built-in Cloud SQL connector of Cloud Run carries 100 connections of one instance to each database. */
function perInstance(scale: Scale, instances: readonly DatabaseInstance[]): Issue[] {
  const limit = cloudSqlLimits.connectionsPerCloudRunInstance.value;
  return workloads(scale).flatMap((workload): Issue[] => {
    const sockets = databaseUses(instances, workload).filter(({ via }) => via === "socket");
    return instances.flatMap((instance): Issue[] => {
      const uses = sockets.filter((use) => use.instance === instance);
      const [first] = uses;
      if (first === undefined || connectionsOf(uses) <= limit) return [];
      const path = [...pathOf(scale, workload), ...first.path];
      return [
        {
          path: [...path, "pool"],
          value: uses.map(({ pool, overflow }) => `${pool} + ${overflow} overflow`).join(" + "),
          allowed: `one Cloud Run instance gets at most ${limit} connections through the Cloud SQL socket`,
          fix: 'lower pool or overflow, or write via: "private-ip"',
          uses: [[...path, "overflow"]],
        },
      ];
    });
  });
}
