import { list } from "../../analysis/lists.ts";
import { differ, networkLabel, networkOf, same } from "../../analysis/network/network.ts";
import { missingSeverity, nameOf, nearestHint } from "../../analysis/references/names.ts";
import { onlyReference } from "../../analysis/references/text.ts";
import type { Graph, Reference, Resource, Value } from "../../graph/index.ts";
import { parseRange } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";
import { connections } from "./private-services.ts";

const ADDRESS = ["google_compute_global_address"];

/** Ranges of private services access are given by name, and must exist, on the network, for peering. */
export const privateRange: Rule = {
  id: "reachability/private-range",
  why: "Cloud SQL, Redis and the private services connection name their range by the name of a reserved address, and refuse anything else.",
  limit:
    "the name (no CIDR, no self link) of a google_compute_global_address of purpose VPC_PEERING on the same network",
  fix: "Name the google_compute_global_address.",
  source: "https://docs.cloud.google.com/vpc/docs/configure-private-services-access",
  *check(graph) {
    for (const connection of graph.all("google_service_networking_connection")) {
      const network = networkOf(graph, connection.get("network"), connection);
      for (const value of list(connection.get("reserved_peering_ranges")))
        yield* byName(graph, connection, "reserved_peering_ranges", value, network);
    }
    for (const instance of graph.all("google_sql_database_instance")) {
      const path = "settings.ip_configuration";
      const network = networkOf(graph, instance.get(`${path}.private_network`), instance);
      const value = instance.get(`${path}.allocated_ip_range`);
      if (value !== undefined && value !== "")
        yield* byName(graph, instance, "allocated_ip_range", value, network);
    }
    for (const redis of graph.all("google_redis_instance")) yield* ofRedis(graph, redis);
  },
};

function isAddressLink({ address, attribute }: Reference): boolean {
  return /(^|\.)google_compute_global_address\./.test(address) && /^(id|self_link)$/.test(attribute);
}

function broken(
  resource: Resource,
  message: string,
  fix: string,
  severity: Violation["severity"] = "error",
): Violation {
  return { resource, severity, message, fix };
}

function* byName(
  graph: Graph,
  resource: Resource,
  attribute: string,
  value: Value,
  network: ReturnType<typeof networkOf>,
): Iterable<Violation> {
  const refused = "rejected by the API: the allocated range is not found in the network";
  if (parseRange(value) !== undefined) {
    const owner = graph
      .all(...ADDRESS)
      .find((address) => `${address.string("address")}/${address.number("prefix_length")}` === value);
    yield broken(
      resource,
      `${attribute} is "${String(value)}", but must be the name of a reserved range, not a CIDR; ${refused}.`,
      `Write ${owner === undefined ? "the name of the google_compute_global_address" : `${owner.address}.name`}.`,
    );
    return;
  }
  const reference = onlyReference(value, resource);
  const link =
    typeof value === "string" ? value.includes("/") : reference !== undefined && isAddressLink(reference);
  if (link && value !== "") {
    yield broken(
      resource,
      `${attribute} is ${typeof value === "string" ? `"${value}"` : "an id or self link"}, but must be the bare name of a reserved range; ${refused}.`,
      "Write the name attribute of the google_compute_global_address.",
    );
    return;
  }
  const target = graph.target(value, ADDRESS, resource);
  if (target.kind === "missing") {
    yield broken(
      resource,
      `${attribute} names the range "${target.name}", which is not defined${nearestHint(target)}; ${refused}.`,
      `Name ${target.nearest?.address ?? "a google_compute_global_address"}.`,
      missingSeverity(target),
    );
  }
  if (target.kind === "resource") yield* fits(graph, resource, attribute, target.resource, network);
}

function* fits(
  graph: Graph,
  resource: Resource,
  attribute: string,
  address: Resource,
  network: ReturnType<typeof networkOf>,
): Iterable<Violation> {
  const purpose = address.get("purpose") ?? "";
  if (typeof purpose === "string" && purpose !== "VPC_PEERING") {
    yield broken(
      address,
      `${attribute} of ${resource.address} names it, but its purpose is ${purpose === "" ? "not set" : purpose} instead of VPC_PEERING; rejected by the API: it is no range for private services.`,
      'Set purpose = "VPC_PEERING" and address_type = "INTERNAL".',
    );
  }
  if (resource.type !== "google_service_networking_connection")
    yield* unlisted(graph, resource, attribute, address, network);
  const home = networkOf(graph, address.get("network"), address);
  if (home === undefined || network === undefined || !differ(home, network)) return;
  const message = `${resource.address} on ${networkLabel(network)} names the range "${nameOf(address) ?? address.address}" in ${attribute}, but that is reserved on ${networkLabel(home)}; rejected by the API: the allocated range is not found in the network.`;
  yield broken(resource, message, `Name a range of ${networkLabel(network)}.`);
  // A server with a range of another connection is the error; between a connection and its range, either can be.
  if (resource.type === "google_service_networking_connection")
    yield broken(address, message, `Reserve it on ${networkLabel(network)}.`);
}

/** A range serves only when the connection of the network has it. */
function* unlisted(
  graph: Graph,
  resource: Resource,
  attribute: string,
  address: Resource,
  network: ReturnType<typeof networkOf>,
): Iterable<Violation> {
  const own = connections(graph).filter((entry) => same(entry.network, network));
  const listed = own.flatMap(({ connection }) =>
    list(connection.get("reserved_peering_ranges")).map((name) => graph.target(name, ADDRESS, connection)),
  );
  const known = listed.flatMap((target) => (target.kind === "resource" ? [target.resource] : []));
  if (own.length === 0 || known.length !== listed.length || known.includes(address)) return;
  const message = `${attribute} of ${resource.address} names the range "${nameOf(address) ?? address.address}", which ${own.map(({ connection }) => connection.address).join(" and ")} does not list in reserved_peering_ranges; rejected by the API: the allocated range is not found in the network.`;
  for (const end of [resource, ...own.map(({ connection }) => connection)])
    yield broken(end, message, `Add ${address.address}.name to reserved_peering_ranges.`);
}

/** Which form belongs to which connect_mode is judged by address/redis-range. */
function* ofRedis(graph: Graph, redis: Resource): Iterable<Violation> {
  const value = redis.get("reserved_ip_range");
  if (value === undefined || value === "" || parseRange(value) !== undefined) return;
  if (redis.get("connect_mode") !== "PRIVATE_SERVICE_ACCESS" || redis.change?.actions.includes("no-op"))
    return;
  const network = networkOf(graph, redis.get("authorized_network"), redis);
  yield* byName(graph, redis, "reserved_ip_range", value, network);
}
