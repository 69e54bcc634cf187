import { list } from "../../analysis/lists.ts";
import { holderOf, networkAttribute } from "../../analysis/network/network.ts";
import { type NetworkKey, networkKey } from "../../analysis/network/network-key.ts";
import { isAllocatedRange } from "../../analysis/network/range-fields.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { resourceType } from "../../resources/index.ts";
import { vpcLimits } from "../../resources/limits.ts";
import { privateServers } from "../reachability/private-services.ts";
import type { Rule } from "../rule.ts";
import { PRIVATE_SERVICES } from "./sources.ts";

const PREFIX = vpcLimits.privateServicesPrefix.value;

/** Each service takes a whole /24 of the allocated ranges in each region. */
export const privateServicesSize: Rule = {
  id: "address/private-services-size",
  why: "Cloud SQL and Redis each take a free /24 of the allocated range in every region; where there is none left, the instance fails minutes into the apply.",
  limit: "allocated ranges hold a /24 for each service and region; recommended is a /16",
  fix: "Allocate a /20 or larger, or add a range to the connection.",
  source: PRIVATE_SERVICES,
  exampleSeverity: "warning",
  *check(graph) {
    const users = usersByNetwork(graph);
    for (const range of graph.all("google_compute_global_address").filter(isAllocatedRange)) {
      const prefix = range.number("prefix_length");
      if (prefix === undefined || prefix <= PREFIX) continue;
      const key = networkKey(graph, range.get("network"), range);
      const databases = (key === undefined ? [] : (users.get(key) ?? [])).filter(
        ({ type }) => type === "google_sql_database_instance" || type === "google_alloydb_instance",
      );
      const serves = databases.find((user) => mayUse(graph, user, range));
      yield {
        resource: range,
        severity: serves === undefined ? "warning" : "error",
        message: `prefix_length is ${prefix}, ${
          serves === undefined
            ? `below the /${PREFIX} that Cloud SQL takes as a whole.`
            : `and ${serves.address} is to get its address from it; rejected by the API: each service takes a free /${PREFIX}.`
        }`,
        fix: `Set prefix_length to ${PREFIX} or less; 16 to 20 leave room for other services and regions.`,
      };
    }
    for (const connection of graph.all("google_service_networking_connection"))
      yield* exhausted(graph, connection, users);
  },
};

function* exhausted(graph: Graph, connection: Resource, users: ReadonlyMap<NetworkKey, Resource[]>) {
  const key = networkKey(graph, connection.get("network"), connection);
  const ranges = list(connection.get("reserved_peering_ranges")).map((name) =>
    graph.target(name, ["google_compute_global_address"], connection),
  );
  const found = ranges.flatMap((target) => (target.kind === "resource" ? [target.resource] : []));
  const last = found.at(-1);
  if (key === undefined || last === undefined || found.length < ranges.length) return;
  const prefixes = found.map((range) => range.number("prefix_length"));
  const blocks = prefixes.map((prefix) =>
    prefix === undefined ? Number.POSITIVE_INFINITY : Math.floor(2 ** (PREFIX - prefix)),
  );
  const room = blocks.reduce((sum, count) => sum + count, 0);
  const takers = [...new Set((users.get(key) ?? []).map((user) => taker(graph, user)))].sort();
  if (room === 0 || takers.length <= room || takers.includes(undefined)) return;
  yield {
    resource: last,
    message: `the ranges of ${connection.address} hold ${room} ${room === 1 ? "block" : "blocks"} of /${PREFIX}, and ${takers.length} are needed (${takers.join(", ")}); rejected by the API: couldn't find free blocks in allocated IP ranges.`,
    fix: "Set a smaller prefix_length (a larger range), or add a range to the connection.",
  };
}

/** What takes a block of its own: each service and kind of database in each region. */
function taker(graph: Graph, user: Resource): string | undefined {
  const region = graph.region(holderOf(graph, user) ?? user);
  const engine = user.string("database_version")?.replace(/_.*/, "");
  const label = resourceType(user.type)?.label;
  const service = user.type !== "google_sql_database_instance" ? label : engine && `Cloud SQL ${engine}`;
  return region === undefined || service === undefined ? undefined : `${service} in ${region}`;
}

/** Instances that get their address through private services access, by network. */
function usersByNetwork(graph: Graph): Map<NetworkKey, Resource[]> {
  const users = new Map<NetworkKey, Resource[]>();
  for (const { server } of privateServers(graph)) {
    const holder = holderOf(graph, server) ?? server;
    const key = networkKey(graph, networkAttribute(server, holder), holder);
    if (key !== undefined) users.set(key, [...(users.get(key) ?? []), server]);
  }
  return users;
}

/** True unless another allocated range of that network could serve it, or another one is named. */
function mayUse(graph: Graph, user: Resource, range: Resource): boolean {
  const named = user.get("settings.ip_configuration.allocated_ip_range");
  if (named !== undefined && named !== "") {
    const target = graph.target(named, ["google_compute_global_address"], user);
    return target.kind === "resource" && target.resource === range;
  }
  const key = networkKey(graph, range.get("network"), range);
  return !graph
    .all("google_compute_global_address")
    .some(
      (other) =>
        other !== range && isAllocatedRange(other) && networkKey(graph, other.get("network"), other) === key,
    );
}
