import { ceilingOf } from "../../analysis/capacity/max-connections.ts";
import { databasesOf, hasSqlPool, sharesByDatabase } from "../../analysis/capacity/pools.ts";
import { type Share, sumText } from "../../analysis/capacity/shares.ts";
import { flagOf } from "../../analysis/database/flags.ts";
import { namesPort } from "../../analysis/references/port-variable.ts";
import { textOf } from "../../analysis/references/text.ts";
import { variables, type Workload, workloads } from "../../analysis/workload/index.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import { cloudSqlLimits } from "../../resources/limits.ts";
import { poolersOf } from "../../resources/tiers.ts";
import { plural } from "../../values/words.ts";
import type { Rule, Violation } from "../rule.ts";
import { exceeding } from "./exceeding.ts";

/** 46 instances x 25 = 1150 connections, and the product had not been computed. */
export const databaseConnections: Rule = {
  id: "capacity/database-connections",
  why: "Pool sizes, instance maxima and max_connections are in three places; at full scale their product is what PostgreSQL refuses.",
  limit:
    "sum of max instances x 2 revisions x worker processes x (pool + overflow), plus jobs, <= max_connections less the superuser's; with managed pooling poolers (one for each 4 CPUs) x logins x max_pool_size in place of their clients",
  fix: "Lower the pool, the overflow or the maximum of instances, or raise max_connections with a tier that carries it.",
  source: cloudSqlLimits.superuserReservedConnections.source,
  *check(graph) {
    for (const { resource } of uncounted(graph))
      yield unknown(resource, "its maximum of instances is not known, so its connections cannot be counted");
    for (const [database, shares] of sharesByDatabase(graph)) {
      const ceiling = ceilingOf(database);
      const counted = isPooled(database) ? sharesOfPoolers(graph, database, shares) : shares;
      if (counted === undefined) continue;
      if (ceiling === undefined) {
        if (
          isUnknown(database.get("settings.database_flags")) ||
          isUnknown(flagOf(database, "max_connections"))
        )
          yield unknown(database, `max_connections is not known, and ${sumText(shares)} may be opened to it`);
        continue;
      }
      const { connections, written } = ceiling;
      yield* exceeding(
        database,
        counted,
        connections,
        (used, sum) =>
          `at full scale ${used} connections are opened to ${database.address}: ${sum}, above ${connections} (${written}); fails at run time: remaining connection slots are reserved.`,
      );
    }
  },
};

/**
 * What a database with managed connection pooling takes: its poolers open as many as their pools hold, whatever their
 * clients do, and only who names the server's own port goes past them. Undefined where the pools are not known.
 */
export function sharesOfPoolers(
  graph: Graph,
  database: Resource,
  shares: readonly Share[],
): readonly Share[] | undefined {
  const size = Number(
    database
      .blocks("settings.connection_pool_config.flags")
      .find((flag) => flag.string("name") === "max_pool_size")
      ?.string("value"),
  );
  const poolers = poolersOf(database.string("settings.tier") ?? "");
  if (poolers === undefined || !(size > 0)) return undefined;
  const clients = workloads(graph).filter((workload) =>
    shares.some(({ resource }) => resource === workload.resource),
  );
  const direct = clients.filter((workload) => namesPort(workload, cloudSqlLimits.postgresPort.value));
  const logins = Math.max(1, loginsOf(clients.filter((workload) => !direct.includes(workload))));
  const pooled: Share = {
    resource: database,
    amount: poolers * logins * size,
    sum: `${plural(poolers, "pooler")} x ${logins === 1 ? "" : `${logins} logins x `}${size}`,
    certain: true,
  };
  return [
    pooled,
    ...shares.filter(({ resource }) => direct.some((workload) => workload.resource === resource)),
  ];
}

/** A pooler keeps a pool for each login to each database: those whose names are known. */
function loginsOf(clients: readonly Workload[]): number {
  const logins = clients.flatMap((client) => {
    const value = (name: RegExp): string | undefined =>
      textOf(variables(client).find((variable) => name.test(variable.name))?.value);
    const [database, user] = [value(DATABASE_NAME), value(LOGIN_NAME)];
    return database === undefined || user === undefined ? [] : [`${user}@${database}`];
  });
  return new Set(logins).size;
}

const DATABASE_NAME = /^(POSTGRES_DB|PGDATABASE|POSTGRES_DATABASE|DB_NAME|DATABASE_NAME|DB_DATABASE)$/;
const LOGIN_NAME = /^(POSTGRES_USER|PGUSER|DB_USER|DATABASE_USER|DB_USERNAME|DATABASE_USERNAME)$/;

function unknown(resource: Resource, why: string): Violation {
  return { resource, severity: "unknown", message: `${why}.` };
}

/** Workloads with a known pool, and a maximum of instances that is unknown until apply. */
function uncounted(graph: Graph): Workload[] {
  return workloads(graph).filter((workload) => {
    const { max, byDefault } = workload.scaling;
    if (max !== undefined || byDefault || !hasSqlPool(workload)) return false;
    return databasesOf(graph, workload).length === 1;
  });
}

/** With managed connection pooling the clients' connections end at the pooler. */
export function isPooled(database: Resource): boolean {
  return (
    database.get("settings.connection_pool_config") !== undefined &&
    database.boolean("settings.connection_pool_config.connection_pooling_enabled") !== false &&
    database.blocks("settings.connection_pool_config").length > 0
  );
}
