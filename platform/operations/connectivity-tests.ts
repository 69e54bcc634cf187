import { cloudSqlLimits, wellKnownPorts } from "../../resources/limits.ts";
import { formatAddress, parseRange } from "../../values/ranges.ts";
import { shortened } from "../../values/shortened.ts";
import type { CacheInstance, CacheUse } from "../backing-services/caches.ts";
import { type DatabaseInstance, type DatabaseUse, portOf } from "../backing-services/databases.ts";
import type { PlatformNames } from "../names.ts";
import { usersOf } from "../network/connectors.ts";
import type { EgressMode } from "../network/egress.ts";
import { inFurther, regionalName } from "../regions/regions.ts";
import { type Environment, isService, type Workload, workloads } from "../schema/environment.ts";

/** A connection path that the address plan promises; Network Intelligence analyses it on request. */
export interface ConnectivityTest {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** An address of the path's range: a revision as source would change with every deployment. */
  readonly source: string;
  readonly destination:
    | { readonly cloudSqlInstance: string }
    | { readonly redisInstance: string }
    | { readonly ipAddress: string };
  readonly port: number;
}

/** Google's public DNS, which answers HTTPS; any public address would do. */
const PUBLIC_ADDRESS = "8.8.8.8";

/** Google reserves the first addresses of a range. */
const FIRST_USABLE_ADDRESS = 4;

/** From each used path to each destination of the services, jobs and worker pools on it. */
interface Parts
  extends Pick<
    Environment,
    "prefix" | "project" | "region" | "main" | "services" | "jobs" | "workerPools" | "network"
  > {
  readonly names: PlatformNames;
  readonly egressMode: (workload: Workload) => EgressMode;
  readonly databaseInstances: readonly DatabaseInstance[];
  readonly databaseUses: (workload: Workload) => readonly DatabaseUse[];
  readonly cacheInstances: readonly CacheInstance[];
  readonly cacheUses: (workload: Workload) => readonly CacheUse[];
}

export function connectivityTests(plan: Parts): ConnectivityTest[] {
  return [...throughOwnPaths(plan), ...throughFurtherConnectors(plan)];
}

function throughFurtherConnectors(plan: Parts): ConnectivityTest[] {
  return (plan.network.furtherConnectors ?? []).flatMap((further) => {
    const { services, jobs, workerPools } = plan;
    const users = workloads(usersOf({ services, jobs, workerPools }, further));
    const range = parseRange(further.range);
    if (users.length === 0 || range === undefined) return [];
    const source = formatAddress(range.first + FIRST_USABLE_ADDRESS);
    return destinations(plan, users).map(({ id, ...rest }) => ({
      id: regionalName(plan, `connector-${further.name}-to-${id}`),
      name: withinLimit(furtherName(plan, further.name, id)),
      title: `${whoOf(users)} on connector "${further.name}"${inFurther(plan)} reach ${id}`,
      source,
      ...rest,
    }));
  });
}

function throughOwnPaths(plan: Parts): ConnectivityTest[] {
  return (["connector", "direct"] as const).flatMap((path) => {
    const users = workloads(plan).filter(
      (workload) => workload.path === path && workload.connector === undefined,
    );
    const { addresses } = plan.network;
    const range = parseRange(path === "connector" ? addresses.connector : addresses.directEgress);
    if (users.length === 0 || range === undefined) return [];
    const source = formatAddress(range.first + FIRST_USABLE_ADDRESS);
    return destinations(plan, users).map(({ id, ...rest }) => ({
      id: regionalName(plan, `${path}-to-${id}`),
      name: withinLimit(testName(plan, path, id)),
      title: `${whoOf(users)} on path "${path}"${inFurther(plan)} reach ${id}`,
      source,
      ...rest,
    }));
  });
}

function furtherName({ prefix, region, main }: Parts, connector: string, id: string): string {
  const place = main === undefined ? prefix : `${prefix}-${shortRegion(region)}`;
  return `${place}-con-${connector}-${id}`;
}

/** https://docs.cloud.google.com/network-intelligence-center/docs/connectivity-tests/how-to/running-connectivity-tests */
const LONGEST_NAME = 40;

function withinLimit(name: string): string {
  return shortened(name, LONGEST_NAME);
}

function whoOf(users: readonly Workload[]): string {
  return users.some(isService) ? "services" : "jobs and worker pools";
}

/** Tests are global, and those of a further region have it in short. */
function testName(
  { prefix, region, main }: Pick<Parts, "prefix" | "region" | "main">,
  path: string,
  id: string,
): string {
  if (main === undefined) return `${prefix}-${path}-to-${id}`;
  return `${prefix}-${shortRegion(region)}-${path === "connector" ? "con" : path}-${id}`;
}

/** "eu-w10" of europe-west10, "no-ne1" of northamerica-northeast1: at most 6 characters, and each region's own. */
export function shortRegion(region: string): string {
  const [area = "", place = ""] = region.split("-");
  const directions = place.replace(/north|south|east|west|central/g, (word) => word.slice(0, 1));
  return `${area.slice(0, 2)}-${directions}`;
}

const DATABASE_WAYS = [
  { via: "socket", part: "-socket" },
  { via: "private-ip", part: "" },
  { via: "pooler", part: "-pooler" },
] as const;

function destinations(
  { project, egressMode, databaseInstances, databaseUses, cacheInstances, cacheUses }: Parts,
  users: readonly Workload[],
): Pick<ConnectivityTest, "id" | "destination" | "port">[] {
  return [
    ...databaseInstances.flatMap((instance) => {
      const destination = { cloudSqlInstance: `projects/${project}/instances/${instance.instance}` };
      const used = users.flatMap(databaseUses).filter((use) => use.instance === instance);
      return DATABASE_WAYS.filter(({ via }) => used.some((use) => use.via === via)).map(({ via, part }) => ({
        id: `${instance.id}${part}`,
        destination,
        port: via === "socket" ? cloudSqlLimits.connectorPort.value : portOf(instance, via),
      }));
    }),
    // The address of an endpoint is known to Google alone, and no test takes an instance of Valkey: preflights open connections.
    ...cacheInstances
      .filter(({ engine }) => engine.id === "redis")
      .filter((instance) => users.flatMap(cacheUses).some((use) => use.instance === instance))
      .map(({ record, instanceId, port }) => ({
        id: record,
        destination: { redisInstance: instanceId },
        port,
      })),
    ...(users.some((workload) => egressMode(workload) === "ALL_TRAFFIC")
      ? [{ id: "outside", destination: { ipAddress: PUBLIC_ADDRESS }, port: wellKnownPorts.value.https }]
      : []),
  ];
}
