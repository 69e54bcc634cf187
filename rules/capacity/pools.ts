import type { Graph, Resource, Value } from "../../graph/index.ts";
import { needsOf } from "../reachability/needs.ts";
import { textOf } from "../reachability/text.ts";
import { variables, type Workload } from "../workload/index.ts";

/** A pool size in the environment of a workload. */
export interface Pool {
  /** Connections that one instance may open. */
  readonly size: number;
  /** "DATABASE_POOL_SIZE 10 + DATABASE_MAX_OVERFLOW 15". */
  readonly written: string;
}

const SQL_POOL =
  /^(DATABASE|DB|POSTGRES|POSTGRESQL|PG|SQL|SQLALCHEMY|CLOUD_SQL)_(POOL|POOL_SIZE|POOL_MAX|POOL_MAX_SIZE|POOL_SIZE_MAX|MAX_POOL_SIZE|POOL_MAX_CONNECTIONS|MAX_CONNECTIONS|MAX_OPEN_CONNECTIONS|MAX_OPEN_CONNS)$|^(SPRING_DATASOURCE_)?HIKARI_MAXIMUM_?POOL_?SIZE$/;
const SQL_OVERFLOW =
  /^(DATABASE|DB|POSTGRES|POSTGRESQL|PG|SQL|SQLALCHEMY|CLOUD_SQL)_(MAX_OVERFLOW|POOL_OVERFLOW|POOL_MAX_OVERFLOW)$/;
const REDIS_POOL = /^(REDIS|CACHE)_(POOL_SIZE|POOL_MAX|MAX_POOL_SIZE|MAX_CONNECTIONS|POOL_MAX_CONNECTIONS)$/;

/** The size that drivers take from a connection URL: "postgres://…?connection_limit=20". */
const URL_NAME = /^(DATABASE|POSTGRES|POSTGRESQL|PG|DB|SQLALCHEMY_DATABASE)_(URL|URI|DSN)$/;
const URL_SIZE = /[?&\s](connection_limit|pool_size|pool_max_conns|max_pool_size|maxPoolSize)=(\d+)/;

/** Connections that one instance may open to its database; undefined where that is not written or not known. */
export function sqlPool(workload: Workload): Pool | undefined {
  const pool = find(workload, SQL_POOL);
  const overflow = find(workload, SQL_OVERFLOW);
  if (pool === undefined) return inUrl(workload);
  if (overflow === "unknown" || pool === "unknown") return undefined;
  return {
    size: pool.size + (overflow?.size ?? 0),
    written: overflow === undefined ? pool.written : `${pool.written} + ${overflow.written}`,
  };
}

function inUrl(workload: Workload): Pool | undefined {
  for (const { name, value } of variables(workload)) {
    const match = URL_NAME.test(name) ? URL_SIZE.exec(textOf(value) ?? "") : null;
    if (match !== null) return { size: Number(match[2]), written: `${match[1]} ${match[2]} of ${name}` };
  }
  return undefined;
}

export function redisPool(workload: Workload): Pool | undefined {
  const pool = find(workload, REDIS_POOL);
  return pool === "unknown" ? undefined : pool;
}

function find(workload: Workload, name: RegExp): Pool | "unknown" | undefined {
  const variable = variables(workload).find((candidate) => name.test(candidate.name));
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
  return found.length > 0 ? found : theOnly(workload, graph.all("google_redis_instance"), REDIS_HOST);
}

/** Where the address comes from a secret or is not known, the one server of the input is meant; a host written out is another. */
function theOnly(workload: Workload, servers: readonly Resource[], host: RegExp): Resource[] {
  const [only] = servers;
  if (only === undefined || servers.length > 1) return [];
  const hosts = variables(workload).filter(({ name }) => host.test(name));
  const elsewhere = hosts.some(({ value }) => value !== undefined && /[a-z0-9]/i.test(textOf(value) ?? ""));
  return hosts.length === 0 || elsewhere ? [] : [only];
}
