import {
  cloudSqlLimits,
  connectorLimits,
  directEgressLimits,
  memorystoreLimits,
  performanceTierMemory,
  redisLimits,
  vpcLimits,
} from "../../resources/limits.ts";
import { customTier, tierMemory } from "../../resources/tiers.ts";
import { parseRange } from "../../values/ranges.ts";
import type { CacheInstance } from "../backing-services/caches.ts";
import type { DatabaseInstance } from "../backing-services/databases.ts";
import { directEgressNeeded } from "../network/address-plan.ts";
import { networkOf, usersOf } from "../network/connectors.ts";
import { natPorts } from "../network/nat-ports.ts";
import type { PlatformPlan } from "../plan.ts";
import { inFurther, networkSetting, servicesEverywhere } from "../regions/regions.ts";
import type { Database, Service, Workload } from "../schema/environment.ts";
import { MOST_NAT_ADDRESSES, WIDEST_DIRECT_EGRESS } from "../schema/network.ts";
import { type CapacityPath, growing, servicesAtLoad, workerPoolsAtLoad } from "./capacity-load.ts";
import {
  type Budget,
  budgetName,
  cacheBudget,
  cacheName,
  connectorBudget,
  databaseBudget,
  type Scale,
  tasksAtOnce,
} from "./connection-budget.ts";

/** The parts of a plan that its capacity follows from. */
type CapacityParts = Pick<
  PlatformPlan,
  | "region"
  | "main"
  | "services"
  | "jobs"
  | "workerPools"
  | "overlappingRevisions"
  | "preflight"
  | "network"
  | "databaseInstances"
  | "cacheInstances"
  | "egressMode"
  | "natAddresses"
>;

/** Everything between a request and its data that has a limit: in each region, and the data of all. */
export function capacityPlan(
  plan: CapacityParts & Pick<PlatformPlan, "regions" | "furtherRegions">,
): CapacityPath[] {
  return [
    ...[plan, ...plan.furtherRegions].flatMap((regional) => pathsOfRegion(regional, regional.services)),
    ...pathsToData(plan, servicesEverywhere(plan)),
  ];
}

/**
 * The ways into and out of the network in one region.
 *
 * @param plan of the region
 * @param services those of the region, with the instances to count
 */
export function pathsOfRegion(plan: CapacityParts, services: readonly Service[]): CapacityPath[] {
  const { overlappingRevisions, egressMode, natAddresses } = plan;
  const atLoad = scaleOf(plan, services);
  const throughNat = (workload: Workload): boolean => egressMode(workload) === "ALL_TRAFFIC";
  const natWorkers = (factor: number): number =>
    (workerPoolsAtLoad(plan.workerPools, factor) ?? [])
      .filter(throughNat)
      .reduce((sum, { instanceCount }) => sum + instanceCount * overlappingRevisions, 0);
  const natTasks = (plan.jobs ?? []).filter(throughNat).reduce((sum, job) => sum + tasksAtOnce(job), 0);
  return [
    ...connector(plan, (factor) => connectorBudget(atLoad(factor), plan.network)?.used ?? 0),
    ...(plan.network.furtherConnectors ?? []).flatMap((further) => {
      const network = networkOf(plan.network, further);
      const needed = (factor: number): number =>
        connectorBudget(usersOf(atLoad(factor), further), network)?.used ?? 0;
      return connector({ region: plan.region, main: plan.main, network }, needed, further.name);
    }),
    ...directEgress(plan, (factor) => directEgressNeeded(atLoad(factor))),
    ...nat(plan, natAddresses, (factor) =>
      servicesAtLoad(services.filter(throughNat), factor).reduce(
        (sum, { instances }) => sum + instances.max * overlappingRevisions * natPorts.minimum,
        (natTasks + natWorkers(factor)) * natPorts.minimum,
      ),
    ),
  ];
}

/** @param services those of all regions, with the instances to count */
export function pathsToData(plan: CapacityParts, services: readonly Service[]): CapacityPath[] {
  const { databaseInstances, cacheInstances } = plan;
  const atLoad = scaleOf(plan, services);
  return [
    ...databaseInstances.flatMap((instance) =>
      [databaseConnections, connectionMemory].map((path) =>
        path(
          {
            ...instance,
            label: budgetName({ instance }, databaseInstances),
          },
          (factor) => databaseBudget(atLoad(factor), databaseInstances, instance).used,
        ),
      ),
    ),
    ...cacheInstances.map((instance) =>
      cacheClients(instance, cacheName({ instance }, cacheInstances), (factor) =>
        cacheBudget(atLoad(factor), cacheInstances, instance),
      ),
    ),
  ];
}

function scaleOf(
  {
    jobs,
    workerPools,
    overlappingRevisions,
    preflight,
  }: Pick<CapacityParts, "jobs" | "workerPools" | "overlappingRevisions" | "preflight">,
  services: readonly Service[],
): (factor: number) => Scale {
  return (factor) => ({
    services: servicesAtLoad(services, factor),
    jobs,
    workerPools: workerPoolsAtLoad(workerPools, factor),
    overlappingRevisions,
    preflight,
  });
}

type Place = Pick<CapacityParts, "region" | "main" | "network">;
type Needed = CapacityPath["needed"];

/** @param further name of a further connector. @default the environment's own */
function connector(place: Place, needed: Needed, further?: string): CapacityPath[] {
  const { connector } = place.network;
  if (connector === undefined) return [];
  const most = connectorLimits.maxInstancesHigh.value;
  const carries = (machine: string, instances: number): number =>
    (connectorLimits.throughputPerInstance.value[machine] ?? 0) * instances;
  const largestMachine = "e2-standard-4";
  const setting = `${networkSetting(place)}.${further === undefined ? "connector" : `furtherConnectors.${further}`}`;
  return [
    {
      name: `connector${further === undefined ? "" : ` ${further}`}${inFurther(place)}`,
      unit: "Mbit/s",
      needed,
      stages: growing(carries(connector.machineType, connector.maxInstances), [
        {
          limit: carries(connector.machineType, most),
          change: `\`${setting}.maxInstances\` to ${most}, the most that Google allows`,
        },
        {
          limit: carries(largestMachine, most),
          change: `\`${setting}.machineType\` to "${largestMachine}", with ${most} instances`,
        },
        {
          limit: Number.POSITIVE_INFINITY,
          change:
            '`services.*.path` to "direct": no connector carries more, Direct VPC egress has no such limit',
        },
      ]),
    },
  ];
}

function directEgress(place: Place, needed: Needed): CapacityPath[] {
  const range = parseRange(place.network.addresses.directEgress);
  if (range === undefined) return [];
  const usable = (prefix: number): number => 2 ** (32 - prefix) - directEgressLimits.unusableAddresses.value;
  const wider = Array.from(
    { length: Math.max(0, range.prefix - WIDEST_DIRECT_EGRESS) },
    (_, index) => range.prefix - 1 - index,
  );
  return [
    {
      name: `direct egress${inFurther(place)}`,
      unit: "addresses",
      needed,
      stages: growing(usable(range.prefix), [
        ...wider.map((prefix) => ({
          limit: usable(prefix),
          change: `\`${networkSetting(place)}.addresses.directEgress\` to a /${prefix}`,
        })),
        {
          limit: Number.POSITIVE_INFINITY,
          change: "another environment next to this one: no subnet is wide enough",
        },
      ]),
    },
  ];
}

/** Every instance that reaches the internet through Cloud NAT takes at least the minimum of ports. */
function nat(place: Place, addresses: number, needed: Needed): CapacityPath[] {
  if (addresses === 0) return [];
  const ports = (count: number): number => count * vpcLimits.natPortsPerAddress.value;
  return [
    {
      name: `Cloud NAT${inFurther(place)}`,
      unit: "ports",
      needed,
      stages: growing(ports(addresses), [
        ...Array.from({ length: MOST_NAT_ADDRESSES - addresses }, (_, index) => addresses + 1 + index).map(
          (count) => ({
            limit: ports(count),
            change: `\`${networkSetting(place)}.nat.addresses\` to ${count}`,
          }),
        ),
        { limit: Number.POSITIVE_INFINITY, change: "a second Cloud NAT for some of the subnets" },
      ]),
    },
  ];
}

interface Labelled extends DatabaseInstance {
  /** What a person calls it: "PostgreSQL", or "PostgreSQL orders" where there are several. */
  readonly label: string;
}

function databaseConnections({ label, key, settings, engine }: Labelled, needed: Needed): CapacityPath {
  return {
    name: label,
    unit: "connections",
    needed,
    stages: growing(settings.maxConnections, [
      {
        limit: engine.connections.high,
        change: `\`${key}.maxConnections\` to what is needed, at most ${engine.connections.high}; it restarts the database`,
      },
      {
        limit: Number.POSITIVE_INFINITY,
        change: `smaller pools (\`services.*.database\`) or a pooler between: more connections only make ${engine.label} slower`,
      },
    ]),
  };
}

/** The minimum that connections take; the memory of the queries themselves must be measured. */
function connectionMemory(
  { label, key, settings: database, engine }: Labelled,
  connections: Needed,
): CapacityPath {
  const present = tierMemory(database.tier) ?? 0;
  return {
    name: `memory of ${label} for connections`,
    unit: "MiB",
    needed: (factor) => Math.min(connections(factor), engine.connections.high) * engine.connectionMemory,
    stages: growing(present, [
      ...largerTiers(database).map(({ tier, memory }) => ({
        limit: memory,
        change: `\`${key}.tier\` to "${tier}"`,
      })),
      { limit: Number.POSITIVE_INFINITY, change: "a database for each service" },
    ]),
  };
}

function largerTiers({ tier, edition }: Database): { tier: string; memory: number }[] {
  if (edition === "ENTERPRISE_PLUS")
    return Object.entries(performanceTierMemory.value).map(([name, memory]) => ({ tier: name, memory }));
  const custom = customTier(tier) ?? { cpus: 1, memory: cloudSqlLimits.customMemoryLow.value };
  const sizes = [2, 4, 8, 16, 32].map((times) => ({
    cpus: custom.cpus * times,
    memory: custom.memory * times,
  }));
  return sizes
    .filter(({ cpus }) => cpus <= cloudSqlLimits.customCpusHigh.value)
    .map(({ cpus, memory }) => ({ tier: `db-custom-${cpus}-${memory}`, memory }));
}

/** The first type of node of each number of clients; the ones after it have more memory or CPU. */
function smallestNodes(): ReadonlyMap<number, string> {
  const types = new Map<number, string>();
  for (const [type, clients] of Object.entries(memorystoreLimits.valkeyClientsByNode.value))
    if (!types.has(clients)) types.set(clients, type);
  return types;
}

function cacheClients(
  { key, engine }: CacheInstance,
  name: string,
  budget: (factor: number) => Budget,
): CapacityPath {
  return {
    name,
    unit: "clients",
    needed: (factor) => budget(factor).used,
    stages: growing(budget(1).limit, [
      ...(engine.id === "valkey"
        ? [...smallestNodes()].map(([clients, type]) => ({
            limit: clients,
            change: `\`${key}.nodeType\` to "${type}"`,
          }))
        : redisLimits.tlsClientsByMemory.value.map(([memory, clients]) => ({
            limit: clients,
            change: `\`${key}.memoryGibibytes\` to ${memory}, or \`${key}.version\` to "REDIS_7_2"`,
          }))),
      {
        limit: Number.POSITIVE_INFINITY,
        change: `smaller pools (\`services.*.cache\`), or a ${engine.label} for each service`,
      },
    ]),
  };
}
