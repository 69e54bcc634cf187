import type { Graph, Resource, Value } from "../../graph/index.ts";
import { memoize } from "../memoize.ts";
import { follow } from "../references/follow.ts";
import { needsOf } from "../references/needs.ts";
import { endpointOf, references, textOf } from "../references/text.ts";
import { count, type Variable, variables, type Workload, workloads } from "../workload/index.ts";
import { type Share, shareOf } from "./shares.ts";
import { processesOf } from "./worker-processes.ts";

/** A pool size in the environment of a workload. */
export interface Pool {
  /** Connections that one instance may open. */
  readonly size: number;
  /** "DATABASE_POOL_SIZE 10 + DATABASE_MAX_OVERFLOW 15". */
  readonly written: string;
  /** The size as a product, where worker processes multiply it: "WEB_CONCURRENCY 4 x 8". */
  readonly product?: string;
}

const SQL_POOL =
  /^(DATABASE|DB|POSTGRES|POSTGRESQL|PG|SQL|SQLALCHEMY|CLOUD_SQL)_(POOL|POOL_SIZE|POOL_MAX|POOL_MAX_SIZE|POOL_SIZE_MAX|MAX_POOL_SIZE|POOL_MAX_CONNECTIONS|MAX_CONNECTIONS|MAX_OPEN_CONNECTIONS|MAX_OPEN_CONNS)$|^(SPRING_DATASOURCE_)?HIKARI_MAXIMUM_?POOL_?SIZE$/;
const SQL_OVERFLOW =
  /^(DATABASE|DB|POSTGRES|POSTGRESQL|PG|SQL|SQLALCHEMY|CLOUD_SQL)_(MAX_OVERFLOW|POOL_OVERFLOW|POOL_MAX_OVERFLOW)$/;
const REDIS_POOL = /^(REDIS|CACHE)_(POOL_SIZE|POOL_MAX|MAX_POOL_SIZE|MAX_CONNECTIONS|POOL_MAX_CONNECTIONS)$/;

/** The size that drivers take from a connection URL: "postgres://…?connection_limit=20". */
const URL_NAME = /^(DATABASE|POSTGRES|POSTGRESQL|PG|DB|SQLALCHEMY_DATABASE)_(URL|URI|DSN)$/;
const URL_SIZE = /[?&\s](connection_limit|pool_size|pool_max_conns|max_pool_size|maxPoolSize)=(\d+)/;

/** True where the size of a pool to a database is known. */
export function hasSqlPool(workload: Workload): boolean {
  return partsOf(workload).some((part) => sqlPoolOf(part) !== undefined);
}

export function hasRedisPool(workload: Workload): boolean {
  return partsOf(workload).some((part) => redisPoolOf(part) !== undefined);
}

/** Connections that one instance may open through the Cloud SQL socket: each container opens a pool of its own. */
export function socketPool(graph: Graph, workload: Workload): Pool | undefined {
  const parts = partsOf(workload).filter(
    (part) =>
      part.sqlVolumes.length > 0 &&
      !needsOf(graph, part).some(({ kind, via }) => kind === "sql" && via === "address"),
  );
  return sum(parts.flatMap((part) => sqlPoolOf(part) ?? []));
}

/** What every workload with a known pool takes of each database at full scale. */
export const sharesByDatabase = memoize((graph: Graph) =>
  poolShares(graph, sqlPoolOf, (part) => databasesOf(graph, part), SQL_HOST, namedDatabases),
);

/** The same for each Redis. */
export const sharesByCache = memoize((graph: Graph) =>
  poolShares(graph, redisPoolOf, (part) => cachesOf(graph, part), REDIS_HOST, namedCaches),
);

function poolShares(
  graph: Graph,
  poolOf: (part: Workload) => Pool | undefined,
  serversOf: (part: Workload) => readonly Resource[],
  host: RegExp,
  named: (graph: Graph, part: Workload) => readonly (readonly [Resource, Pool])[] = () => [],
): ReadonlyMap<Resource, readonly Share[]> {
  const shares = new Map<Resource, Share[]>();
  for (const workload of workloads(graph)) {
    const pools = new Map<Resource, Pool[]>();
    for (const part of partsOf(workload)) {
      for (const [server, pool] of named(graph, part))
        pools.set(server, [...(pools.get(server) ?? []), pool]);
      const pool = poolOf(part);
      const own = pool === undefined ? [] : serversOf(part);
      // Through a sidecar the address of the server is localhost, and the sidecar names it.
      const servers =
        own.length === 0 && pool !== undefined && isLocal(part, host) ? serversOf(workload) : own;
      // Two servers share one pool setting, but which of them gets how much is not set.
      const [server, ...more] = servers;
      if (pool === undefined || server === undefined || more.length > 0) continue;
      pools.set(server, [...(pools.get(server) ?? []), pool]);
    }
    for (const [server, found] of pools) {
      const share = shareOf(
        graph,
        workload,
        sum(found)?.size ?? 0,
        found.length === 1 ? found[0]?.product : undefined,
      );
      if (share === undefined) continue;
      const certain = share.certain && fillsPool(workload);
      shares.set(server, [...(shares.get(server) ?? []), { ...share, certain }]);
    }
  }
  return shares;
}

/** "ORDERS_DB_POOL_SIZE": the size of one of several pools, with the name before it. */
const NAMED_POOL = new RegExp(
  `^([A-Z0-9]+(?:_[A-Z0-9]+)*?)_(?=${SQL_POOL.source.replace(/^\^|\|\^.*$/g, "")})`,
);

/** "SESSIONS_REDIS_POOL_SIZE". */
const NAMED_REDIS_POOL = new RegExp(`^([A-Z0-9]+(?:_[A-Z0-9]+)*?)_(?=${REDIS_POOL.source.slice(1)})`);

function namedDatabases(graph: Graph, part: Workload): (readonly [Resource, Pool])[] {
  return namedPools(part, NAMED_POOL, sqlPoolOf, (_, own) => databasesNamedBy(graph, own, part.resource));
}

function namedCaches(graph: Graph, part: Workload): (readonly [Resource, Pool])[] {
  return namedPools(part, NAMED_REDIS_POOL, redisPoolOf, (alone) => cachesOf(graph, alone));
}

/** The pools of a workload that has several, each with the server that the variables of the same name lead to. */
function namedPools(
  part: Workload,
  named: RegExp,
  poolOf: (alone: Workload) => Pool | undefined,
  serversOf: (alone: Workload, own: readonly Variable[]) => readonly Resource[],
): (readonly [Resource, Pool])[] {
  const all = variables(part);
  const names = new Set(all.flatMap(({ name }) => named.exec(name)?.[1] ?? []));
  return [...names].flatMap((name) => {
    const own = all
      .filter((variable) => variable.name.startsWith(`${name}_`))
      .map((variable) => ({ ...variable, name: variable.name.slice(name.length + 1) }));
    const alone = {
      ...part,
      sqlVolumes: [],
      containers: part.containers.map((container) => ({ ...container, env: own })),
    };
    const pool = poolOf(alone);
    const [server, ...more] = serversOf(alone, own);
    return pool === undefined || server === undefined || more.length > 0 ? [] : [[server, pool] as const];
  });
}

/** The databases that variables lead to: by a reference to any attribute, or by a connection name. */
function databasesNamedBy(graph: Graph, all: readonly Variable[], from: Resource): Resource[] {
  const found = all.flatMap(({ value }) => [
    ...references(value).map(({ address }) => graph.at(address, from)),
    follow(graph, CONNECTION_NAME.exec(typeof value === "string" ? value : "")?.[1], INSTANCE, from),
  ]);
  const isDatabase = (one: Resource | undefined): one is Resource =>
    one?.mode === "managed" && INSTANCE.includes(one.type);
  return [...new Set(found.filter(isDatabase))];
}

/** A function that takes one request at a time seldom opens more than one connection of its pool. */
function fillsPool({ kind, concurrency }: Workload): boolean {
  return kind !== "function" || (count(concurrency?.value) ?? 1) > 1;
}

function isLocal(part: Workload, host: RegExp): boolean {
  return variables(part)
    .filter(({ name }) => host.test(name))
    .every(({ value }) => /^(localhost|127(\.\d+){3})$/.test(endpointOf(value)?.host ?? "localhost"));
}

/** The workload with each of its containers alone, and with the Cloud SQL volumes that it mounts. */
const partsOf = memoize((workload: Workload): readonly Workload[] =>
  workload.containers.length < 2
    ? [workload]
    : workload.containers.map((container) => ({
        ...workload,
        containers: [container],
        sqlVolumes: workload.sqlVolumes.filter(
          ({ name }) => name === undefined || container.mounts.some((mount) => mount.string("name") === name),
        ),
      })),
);

function sum(pools: readonly Pool[]): Pool | undefined {
  if (pools.length === 0) return undefined;
  return {
    size: pools.reduce((all, { size }) => all + size, 0),
    written: pools.map(({ written }) => written).join(" + "),
  };
}

/** Undefined where it is not set or not known. */
function sqlPoolOf(part: Workload): Pool | undefined {
  const pool = find(part, SQL_POOL);
  const overflow = find(part, SQL_OVERFLOW);
  if (pool === undefined) return inEachProcess(part, inUrl(part));
  const pools = pool === "unknown" || overflow === "unknown" ? undefined : sum([pool, overflow ?? []].flat());
  return inEachProcess(part, pools);
}

/** Worker processes share nothing: each opens a pool of its own. */
function inEachProcess({ containers: [container] }: Workload, pool: Pool | undefined): Pool | undefined {
  const { count: processes, written } =
    container === undefined ? { count: 1, written: undefined } : processesOf(container);
  if (pool === undefined || written === undefined || processes === 1) return pool;
  return {
    size: pool.size * processes,
    written: `${written} x (${pool.written})`,
    product: `${written} x ${pool.size}`,
  };
}

function redisPoolOf(part: Workload): Pool | undefined {
  const pool = find(part, REDIS_POOL);
  return pool === "unknown" ? undefined : inEachProcess(part, pool);
}

function inUrl(part: Workload): Pool | undefined {
  for (const { name, value } of variables(part)) {
    const match = URL_NAME.test(name) ? URL_SIZE.exec(textOf(value) ?? "") : null;
    if (match !== null) return { size: Number(match[2]), written: `${match[1]} ${match[2]} of ${name}` };
  }
  return undefined;
}

function find(part: Workload, name: RegExp): Pool | "unknown" | undefined {
  const variable = variables(part).find((candidate) => name.test(candidate.name));
  if (variable === undefined) return undefined;
  const size = whole(variable.value);
  return size === undefined ? "unknown" : { size, written: `${variable.name} ${size}` };
}

function whole(value: Value | undefined): number | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^\s*\d+\s*$/.test(text) ? Number(text) : undefined;
}

const INSTANCE = ["google_sql_database_instance"];
const CONNECTION_NAME = /([a-z][a-z0-9.:-]*:[a-z0-9-]+:[a-z][a-z0-9-]*)/;
const SQL_HOST = /^(POSTGRES(QL)?|PG|DB|DATABASE|SQL)_?(HOST|HOSTNAME|SERVER|URL|URI|DSN|SOCKET\w*)$/;
const REDIS_HOST = /^(REDIS|CACHE)_?(HOST|HOSTNAME|SERVER|URL|URI|ADDR(ESS)?)$/;

/** The Cloud SQL instances that a workload connects to. */
export function databasesOf(graph: Graph, workload: Workload): Resource[] {
  const found = needsOf(graph, workload).flatMap(({ kind, target }) => (kind === "sql" ? [target] : []));
  for (const variable of variables(workload)) {
    const name = CONNECTION_NAME.exec(typeof variable.value === "string" ? variable.value : "")?.[1];
    const target = name === undefined ? undefined : graph.target(name, INSTANCE, workload.resource);
    if (target?.kind === "resource") found.push(target.resource);
  }
  if (found.length > 0) return [...new Set(found)];
  const primaries = graph
    .all(...INSTANCE)
    .filter((instance) => (instance.get("master_instance_name") ?? "") === "");
  return theOnly(workload, primaries, SQL_HOST);
}

export function cachesOf(graph: Graph, workload: Workload): Resource[] {
  const found = needsOf(graph, workload).flatMap(({ kind, target }) => (kind === "redis" ? [target] : []));
  return found.length > 0
    ? found
    : theOnly(workload, graph.all("google_redis_instance", "google_memorystore_instance"), REDIS_HOST);
}

/** Where the address comes from a secret or is not known, the one server of the input is meant; a host written out is another. */
function theOnly(workload: Workload, servers: readonly Resource[], host: RegExp): Resource[] {
  const [only] = servers;
  if (only === undefined || servers.length > 1) return [];
  const hosts = variables(workload).filter(({ name }) => host.test(name));
  const elsewhere = hosts.some(({ value }) => value !== undefined && /[a-z0-9]/i.test(textOf(value) ?? ""));
  return hosts.length === 0 || elsewhere ? [] : [only];
}
