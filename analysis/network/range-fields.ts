import type { Graph, Resource, Value } from "../../graph/index.ts";
import { parseRange, type Range } from "../../values/ranges.ts";
import { memoize } from "../memoize.ts";
import { defaultNetworkKey, type NetworkKey, networkKey } from "./network-key.ts";

/** One attribute that holds a range of addresses of a VPC network. */
export interface RangeField {
  readonly resource: Resource;
  /** For messages: "its range", "the secondary range \"pods\"". */
  readonly what: string;
  readonly value: Value;
  readonly network: NetworkKey | undefined;
  readonly kind: "subnet" | "connector" | "private services" | "redis" | "filestore" | "control plane";
}

/** A field whose range is known. */
export interface Claim extends RangeField {
  readonly range: Range;
}

/** Purposes of subnets whose range may be another's: a migration target has the range of its source. */
const SHARED_PURPOSES = new Set(["PEER_MIGRATION"]);

/** Every range that the input writes into a network. */
export const rangeFields = memoize((graph: Graph): readonly RangeField[] => [
  ...graph.all("google_compute_subnetwork").flatMap((subnet) => subnetFields(graph, subnet)),
  ...graph.all("google_vpc_access_connector").flatMap((connector) => connectorField(graph, connector)),
  ...graph.all("google_compute_global_address").flatMap((address) => allocatedField(graph, address)),
  ...graph.all("google_redis_instance").flatMap((redis) => redisFields(graph, redis)),
  ...graph.all("google_filestore_instance").flatMap((instance) => filestoreField(graph, instance)),
  ...graph.all("google_container_cluster").flatMap((cluster) => controlPlaneField(graph, cluster)),
]);

export const claims = memoize((graph: Graph): readonly Claim[] =>
  rangeFields(graph).flatMap((field) => {
    const range = parseRange(field.value);
    return range === undefined ? [] : [{ ...field, range }];
  }),
);

/** The ranges of each network; without those whose network is not certain. */
export function claimsByNetwork(graph: Graph): ReadonlyMap<NetworkKey, readonly Claim[]> {
  const groups = new Map<NetworkKey, Claim[]>();
  for (const claim of claims(graph)) {
    if (claim.network === undefined) continue;
    const group = groups.get(claim.network);
    if (group === undefined) groups.set(claim.network, [claim]);
    else group.push(claim);
  }
  return groups;
}

function subnetFields(graph: Graph, subnet: Resource): RangeField[] {
  if (SHARED_PURPOSES.has(subnet.string("purpose") ?? "")) return [];
  const network = networkKey(graph, subnet.get("network"), subnet);
  const secondary = subnet.blocks("secondary_ip_range").flatMap((block) => {
    const name = block.string("range_name");
    const what = name === undefined ? "a secondary range" : `the secondary range "${name}"`;
    return field(subnet, what, block.get("ip_cidr_range"), network, "subnet");
  });
  return [...field(subnet, "the range", subnet.get("ip_cidr_range"), network, "subnet"), ...secondary];
}

function connectorField(graph: Graph, connector: Resource): RangeField[] {
  const network = networkKey(graph, connector.get("network"), connector);
  return field(connector, "the range", connector.get("ip_cidr_range"), network, "connector");
}

/** True for an address that is a range set aside for private services access. */
export function isAllocatedRange(address: Resource): boolean {
  return address.string("purpose") === "VPC_PEERING";
}

function allocatedField(graph: Graph, address: Resource): RangeField[] {
  const first = address.string("address");
  const prefix = address.number("prefix_length");
  if (!isAllocatedRange(address) || first === undefined || first === "" || prefix === undefined) return [];
  const network = networkKey(graph, address.get("network"), address);
  return field(address, "the allocated range", `${first}/${prefix}`, network, "private services");
}

/** With private services access the reserved range is a name, and the addresses are those of the allocated range. */
export function isDirectPeering(redis: Resource): boolean {
  const mode = redis.get("connect_mode");
  return mode === undefined || mode === "" || mode === "DIRECT_PEERING";
}

function redisFields(graph: Graph, redis: Resource): RangeField[] {
  if (!isDirectPeering(redis)) return [];
  const network =
    (redis.get("authorized_network") ?? "") === ""
      ? defaultNetworkKey(graph, redis)
      : networkKey(graph, redis.get("authorized_network"), redis);
  const secondary = redis.get("secondary_ip_range");
  return [
    ...field(redis, "reserved_ip_range", redis.get("reserved_ip_range"), network, "redis"),
    ...(secondary === "auto" ? [] : field(redis, "secondary_ip_range", secondary, network, "redis")),
  ];
}

function filestoreField(graph: Graph, instance: Resource): RangeField[] {
  const mode = instance.get("networks.connect_mode");
  if (mode !== undefined && mode !== "" && mode !== "DIRECT_PEERING") return [];
  const network = networkKey(graph, instance.get("networks.network"), instance);
  const written = instance.get("networks.reserved_ip_range");
  return parseRange(written) === undefined
    ? []
    : field(instance, "reserved_ip_range", written, network, "filestore");
}

function controlPlaneField(graph: Graph, cluster: Resource): RangeField[] {
  const network =
    (cluster.get("network") ?? "") === "" ? undefined : networkKey(graph, cluster.get("network"), cluster);
  const written = cluster.get("private_cluster_config.master_ipv4_cidr_block");
  return field(cluster, "master_ipv4_cidr_block", written, network, "control plane");
}

function field(
  resource: Resource,
  what: string,
  value: Value | undefined,
  network: NetworkKey | undefined,
  kind: RangeField["kind"],
): RangeField[] {
  return value === undefined || value === null || value === ""
    ? []
    : [{ resource, what, value, network, kind }];
}
