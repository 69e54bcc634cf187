import { addressPlan } from "./address-plan.ts";
import { atLoad, type CapacityPath, growing } from "./capacity-load.ts";
import { connectionBudget } from "./connection-budget.ts";
import { egressMode } from "./egress-plan.ts";
import {
  cloudSqlLimits,
  connectorLimits,
  directEgressLimits,
  memoryOfConnection,
  performanceTierMemory,
  redisLimits,
  vpcLimits,
} from "./limits.ts";
import { natPorts } from "./nat-ports.ts";
import { parseRange } from "./ranges.ts";
import { MOST_CONNECTIONS } from "./schema/database.ts";
import type { Environment } from "./schema/environment.ts";
import { MOST_NAT_ADDRESSES, WIDEST_DIRECT_EGRESS } from "./schema/network.ts";
import { customTier, tierMemory } from "./tiers.ts";

/** Everything on the way from a request to its data that has an end. */
export function capacityPlan(environment: Environment): CapacityPath[] {
  return [
    ...connector(environment),
    ...directEgress(environment),
    ...nat(environment),
    connections(environment),
    connectionMemory(environment),
    redisClients(environment),
  ];
}

function connector(environment: Environment): CapacityPath[] {
  const { connector } = environment.network;
  if (connector === undefined) return [];
  const most = connectorLimits.maxInstancesHigh.value;
  const carries = (machine: string, instances: number): number =>
    (connectorLimits.throughputPerInstance.value[machine] ?? 0) * instances;
  const fastest = "e2-standard-4";
  return [
    {
      name: "connector",
      unit: "Mbit/s",
      needed: (factor) => connectionBudget(atLoad(environment, factor)).connector?.used ?? 0,
      stages: growing(carries(connector.machineType, connector.maxInstances), [
        {
          limit: carries(connector.machineType, most),
          change: `\`network.connector.maxInstances\` to ${most}, the most that Google allows`,
        },
        {
          limit: carries(fastest, most),
          change: `\`network.connector.machineType\` to "${fastest}", with ${most} instances`,
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

function directEgress(environment: Environment): CapacityPath[] {
  const range = parseRange(environment.network.addresses.directEgress);
  if (range === undefined) return [];
  const usable = (prefix: number): number => 2 ** (32 - prefix) - directEgressLimits.unusableAddresses.value;
  const wider = Array.from(
    { length: Math.max(0, range.prefix - WIDEST_DIRECT_EGRESS) },
    (_, index) => range.prefix - 1 - index,
  );
  return [
    {
      name: "direct egress",
      unit: "addresses",
      needed: (factor) => addressPlan(atLoad(environment, factor)).directEgress.needed,
      stages: growing(usable(range.prefix), [
        ...wider.map((prefix) => ({
          limit: usable(prefix),
          change: `\`network.addresses.directEgress\` to a /${prefix}`,
        })),
        {
          limit: Number.POSITIVE_INFINITY,
          change: "another environment beside this one: no subnet is wide enough",
        },
      ]),
    },
  ];
}

/** Every instance that reaches the internet through Cloud NAT takes the minimum of ports at least. */
function nat(environment: Environment): CapacityPath[] {
  const ports = (addresses: number): number => addresses * vpcLimits.natPortsPerAddress.value;
  const { addresses } = environment.network.nat;
  return [
    {
      name: "Cloud NAT",
      unit: "ports",
      needed: (factor) =>
        atLoad(environment, factor)
          .services.filter((service) => egressMode(environment, service) === "ALL_TRAFFIC")
          .reduce(
            (sum, { instances }) => sum + instances.max * environment.overlappingRevisions * natPorts.minimum,
            0,
          ),
      stages: growing(ports(addresses), [
        ...Array.from({ length: MOST_NAT_ADDRESSES - addresses }, (_, index) => addresses + 1 + index).map(
          (count) => ({ limit: ports(count), change: `\`network.nat.addresses\` to ${count}` }),
        ),
        { limit: Number.POSITIVE_INFINITY, change: "a second Cloud NAT for some of the subnets" },
      ]),
    },
  ];
}

function connections(environment: Environment): CapacityPath {
  return {
    name: "PostgreSQL",
    unit: "connections",
    needed: (factor) => connectionBudget(atLoad(environment, factor)).database.used,
    stages: growing(environment.database.maxConnections, [
      {
        limit: MOST_CONNECTIONS,
        change: `\`database.maxConnections\` to what is needed, at most ${MOST_CONNECTIONS}; it restarts the database`,
      },
      {
        limit: Number.POSITIVE_INFINITY,
        change:
          "smaller pools (`services.*.database`) or a pooler between: more connections only make PostgreSQL slower",
      },
    ]),
  };
}

/** What the connections take at least; the load of the queries themselves must be measured. */
function connectionMemory(environment: Environment): CapacityPath {
  const { database } = environment;
  const present = tierMemory(database.tier) ?? 0;
  return {
    name: "memory of PostgreSQL for connections",
    unit: "MiB",
    needed: (factor) =>
      Math.min(connectionBudget(atLoad(environment, factor)).database.used, MOST_CONNECTIONS) *
      memoryOfConnection.value,
    stages: growing(present, [
      ...largerTiers(database).map(({ tier, memory }) => ({
        limit: memory,
        change: `\`database.tier\` to "${tier}"`,
      })),
      { limit: Number.POSITIVE_INFINITY, change: "a database for each service" },
    ]),
  };
}

function largerTiers({ tier, edition }: Environment["database"]): { tier: string; memory: number }[] {
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

function redisClients(environment: Environment): CapacityPath {
  const { limit } = connectionBudget(environment).cache;
  return {
    name: "Redis",
    unit: "clients",
    needed: (factor) => connectionBudget(atLoad(environment, factor)).cache.used,
    stages: growing(limit, [
      ...redisLimits.tlsClientsByMemory.value.map(([memory, clients]) => ({
        limit: clients,
        change: `\`cache.memoryGibibytes\` to ${memory}, or \`cache.version\` to "REDIS_7_2"`,
      })),
      {
        limit: Number.POSITIVE_INFINITY,
        change: "smaller pools (`services.*.cache`), or a Redis for each service",
      },
    ]),
  };
}
