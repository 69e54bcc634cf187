import { ceilingOf } from "../../analysis/capacity/max-connections.ts";
import { sharesByCache, sharesByDatabase } from "../../analysis/capacity/pools.ts";
import { type Share, sumText, total } from "../../analysis/capacity/shares.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { PlatformPlan } from "../../platform/plan.ts";
import { workloads } from "../../platform/schema/environment.ts";
import { resourceType } from "../../resources/index.ts";
import {
  MIN_THROUGHPUT_PER_INSTANCE,
  sharesByConnector,
  throughputOf,
} from "../../rules/capacity/connector-load.ts";
import { isPooled, sharesOfPoolers } from "../../rules/capacity/database-connections.ts";
import { capOf } from "../../rules/capacity/redis-clients.ts";
import type { BudgetChange, Level } from "../review.ts";
import type { Reading } from "./reading.ts";
import { startupBudgets } from "./startup.ts";

/** The parts of an environment that Terraform does not hold, and its budgets count. */
type Declared = Pick<PlatformPlan, "names" | "services" | "jobs" | "workerPools" | "databaseInstances">;

/**
 * Every budget known on at least one side, with the arithmetic of the rule book.
 *
 * @param declared the environment, where the plans are one's: used and limit are then those that `npm start` prints
 */
export function budgetChanges(before: Graph, after: Graph, declared?: Declared): BudgetChange[] {
  const [old, now] = [readings(before, declared), readings(after, declared)].map(
    (list) => new Map(list.map((reading) => [reading.key, reading])),
  );
  const keys = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
  return keys.flatMap((key): BudgetChange[] => {
    const [was, is] = [old?.get(key), now?.get(key)];
    const either = is ?? was;
    if (either === undefined) return [];
    return [
      {
        name: either.name,
        unit: either.unit,
        before: was?.level,
        after: is?.level,
        how: is?.how ?? "it is removed by these plans",
      },
    ];
  });
}

function readings(graph: Graph, declared: Declared | undefined): Reading[] {
  return [
    ...databases(graph, declared),
    ...caches(graph),
    ...connectors(graph, declared),
    ...startupBudgets(graph),
  ];
}

/** By the name in Google Cloud: a new Terraform address changes nothing. */
function keyOf(kind: string, resource: Resource): string {
  return `${kind} ${nameOf(resource)}`;
}

function nameOf(resource: Resource): string {
  return resource.string(resourceType(resource.type)?.nameAttribute ?? "name") ?? resource.address;
}

/** " in us-central1" for one of several connectors of a name, which Google tells apart by region. */
function whereOf(graph: Graph, connector: Resource): string {
  const alike = graph.all(connector.type).filter((other) => nameOf(other) === nameOf(connector));
  const region = graph.region(connector);
  return alike.length < 2 || region === undefined ? "" : ` in ${region}`;
}

const UNKNOWN_USERS = "unknown: no service here states how many connections it opens";

function databases(graph: Graph, declared: Declared | undefined): Reading[] {
  const shared = new Map(sharesByDatabase(graph));
  for (const database of graph.all("google_sql_database_instance"))
    if (!shared.has(database)) shared.set(database, []);
  return [...shared]
    .flatMap(([database, clients]) => {
      const shares = isPooled(database) ? sharesOfPoolers(graph, database, clients) : clients;
      return shares === undefined ? [] : [[database, shares] as const];
    })
    .map(([database, shares]) => {
      const ceiling = ceilingOf(database);
      const own = declared?.databaseInstances.find(({ instance }) => instance === database.string("name"));
      if (own !== undefined && ceiling !== undefined && shares.length > 0) {
        const superuser = own.engine.superuserConnections;
        const { jobConnections, reservedConnections } = own.settings;
        return {
          key: keyOf("1 database", database),
          name: `Connections to database ${nameOf(database)}`,
          unit: "connections",
          level: {
            used: total(shares) + jobConnections + reservedConnections + superuser,
            limit: ceiling.connections + superuser,
          },
          how: `${sumText(shares)} + migration jobs ${jobConnections} + reserved ${reservedConnections + superuser}`,
        };
      }
      return {
        key: keyOf("1 database", database),
        name: `Connections to database ${nameOf(database)}`,
        unit: "connections",
        level: level(shares, ceiling?.connections),
        how:
          shares.length === 0
            ? UNKNOWN_USERS
            : ceiling === undefined
              ? `unknown: max_connections is not known; ${sumText(shares)}`
              : `${sumText(shares)}; ${ceiling.written}`,
      };
    });
}

function caches(graph: Graph): Reading[] {
  const shared = new Map(sharesByCache(graph));
  for (const cache of graph.all("google_redis_instance", "google_memorystore_instance"))
    if (!shared.has(cache)) shared.set(cache, []);
  return [...shared].map(([cache, shares]) => {
    const cap = capOf(cache);
    return {
      key: keyOf("2 cache", cache),
      name: `Clients of ${cache.type === "google_redis_instance" ? "Redis" : "Valkey"} ${nameOf(cache)}`,
      unit: "clients",
      level: level(shares, cap),
      how:
        shares.length === 0
          ? UNKNOWN_USERS
          : cap === undefined
            ? `unknown: its connection limit is not known; ${sumText(shares)}`
            : sumText(shares),
    };
  });
}

function connectors(graph: Graph, declared: Declared | undefined): Reading[] {
  return [...sharesByConnector(graph)].map(([connector, counted]) => {
    const throughput = throughputOf(connector);
    const shares = counted.map((share) => inMegabits(share, bandwidthOf(share.resource, declared)));
    return {
      key: [keyOf("3 connector", connector), graph.region(connector) ?? ""].join(" ").trim(),
      name: `Throughput of connector ${nameOf(connector)}${whereOf(graph, connector)}`,
      unit: "Mbit/s",
      level: throughput === undefined ? undefined : { used: total(shares), limit: throughput },
      how: throughput === undefined ? "unknown: its maximum is not known" : sumText(shares),
    };
  });
}

/** Mbit/s of one instance: as the environment states it, otherwise what every instance should have. */
function bandwidthOf(resource: Resource, declared: Declared | undefined): number {
  const name = resource.string("name");
  const workload = (declared === undefined ? [] : workloads(declared)).find(
    (each) => name !== undefined && declared?.names.service(each.name) === name,
  );
  return workload?.bandwidth ?? MIN_THROUGHPUT_PER_INSTANCE;
}

/** A share of instances as one of their throughput. */
function inMegabits(share: Share, each: number): Share {
  return { ...share, amount: share.amount * each, sum: share.sum.replace(/1$/, `${each} Mbit/s`) };
}

function level(shares: readonly Share[], limit: number | undefined): Level | undefined {
  return limit === undefined || shares.length === 0 ? undefined : { used: total(shares), limit };
}
