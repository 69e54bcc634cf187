import { cloudSqlLimits, memorystoreLimits } from "../../resources/limits.ts";
import { type CacheSections, impliedCache, writtenCaches } from "../backing-services/caches.ts";
import {
  type DatabaseSections,
  impliedInstance,
  portOf,
  writtenDatabases,
} from "../backing-services/databases.ts";
import { type Environment, type Workload, workloads } from "../schema/environment.ts";

/** Traffic that may leave the network. */
export interface EgressRule {
  readonly name: string;
  readonly protocol: "tcp" | "udp";
  readonly ports: readonly string[];
  readonly ranges: readonly string[];
}

const ALL_ADDRESSES = "0.0.0.0/0";
/** The metadata server is the DNS server of the network. */
const METADATA_SERVER = "169.254.169.254/32";

/** The destinations that services need; the firewall rules are derived from them (incident I-2). */
export function egressRules(
  plan: Pick<Environment, "services" | "jobs" | "workerPools" | "network" | "externalDependencies"> &
    DatabaseSections &
    CacheSections,
): EgressRule[] {
  const { network, externalDependencies } = plan;
  const { privateServices, privateServiceConnect } = network.addresses;
  const data = privateServices === undefined ? [] : [privateServices];
  const endpoints = privateServiceConnect === undefined ? [] : [privateServiceConnect];
  const valkey = cachePorts(plan, "valkey");
  const outside = new Set(["443", ...externalDependencies.map(({ port }) => String(port))]);
  const rules: EgressRule[] = [
    ...(["postgres", "mysql"] as const).map((engine) => ({
      name: engine,
      protocol: "tcp" as const,
      ports: databasePorts(plan, engine),
      ranges: data,
    })),
    {
      name: "redis",
      protocol: "tcp",
      ports: cachePorts(plan, "redis"),
      ranges: data,
    },
    {
      name: "valkey",
      protocol: "tcp",
      ports: valkey.length === 0 ? [] : [...valkey, memorystoreLimits.nodePorts.value],
      ranges: endpoints,
    },
    { name: "https", protocol: "tcp", ports: [...outside].sort(), ranges: [ALL_ADDRESSES] },
    { name: "dns-udp", protocol: "udp", ports: ["53"], ranges: [METADATA_SERVER] },
    { name: "dns-tcp", protocol: "tcp", ports: ["53"], ranges: [METADATA_SERVER] },
  ];
  return rules.filter((rule) => rule.ports.length > 0);
}

/** The ports at which services and jobs reach instances of an engine, through the built-in connector or directly. */
function databasePorts(
  plan: Pick<Environment, "services" | "jobs" | "workerPools"> & DatabaseSections,
  engine: "postgres" | "mysql",
): string[] {
  const written = writtenDatabases(plan);
  const uses = workloads(plan).flatMap(({ database, databases = [] }) => [
    ...(database === undefined ? [] : [database]),
    ...databases,
  ]);
  const ports = written
    .filter((each) => each.engine.id === engine)
    .flatMap((each) =>
      uses
        .filter(({ instance = impliedInstance(written) }) => instance === each.name)
        .map(({ via }) => (via === "socket" ? cloudSqlLimits.connectorPort.value : portOf(each, via))),
    );
  return [...new Set(ports.map(String))].sort();
}

/** The ports at which services and jobs reach caches of an engine. */
function cachePorts(
  plan: Pick<Environment, "services" | "jobs" | "workerPools"> & CacheSections,
  engineId: "redis" | "valkey",
): string[] {
  const written = writtenCaches(plan);
  const used = workloads(plan).flatMap(({ cache, caches = [] }) =>
    [...(cache === undefined ? [] : [cache]), ...caches].map(
      ({ instance = impliedCache(written) }) => instance,
    ),
  );
  const ports = written
    .filter(({ name, engine }) => engine.id === engineId && used.includes(name))
    .map(({ settings, engine }) => engine.port(settings));
  return [...new Set(ports.map(String))].sort();
}

/** Cloud Run's setting for the traffic of a service that is routed through the network. */
export type EgressMode = "ALL_TRAFFIC" | "PRIVATE_RANGES_ONLY";

/** Static addresses of Cloud NAT: 0 where no service needs one and the environment states none; those of others by their names. */
export function natAddresses(
  plan: Pick<Environment, "network" | "services" | "jobs" | "workerPools" | "externalDependencies">,
): number {
  const { unmanaged } = plan.network;
  if (unmanaged !== undefined) return unmanaged.nat?.addresses.length ?? 0;
  const isUsed = workloads(plan).some(
    (workload) => egressMode(plan.externalDependencies, workload) === "ALL_TRAFFIC",
  );
  return plan.network.nat.addresses ?? (isUsed ? 1 : 0);
}

/**
 * ALL_TRAFFIC where a dependency of the service admits callers by the static address of Cloud NAT; otherwise public
 * traffic leaves through Cloud Run itself, which is cheaper.
 */
export function egressMode(
  externalDependencies: Environment["externalDependencies"],
  service: Pick<Workload, "dependsOn">,
): EgressMode {
  const throughNat = externalDependencies.filter(({ source }) => source === "nat").map(({ name }) => name);
  return service.dependsOn.some((name) => throughNat.includes(name)) ? "ALL_TRAFFIC" : "PRIVATE_RANGES_ONLY";
}
