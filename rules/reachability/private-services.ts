import { mayExclude } from "../../analysis/exclusive.ts";
import { memoize } from "../../analysis/memoize.ts";
import {
  differ,
  isByPrivateServices,
  type Network,
  networkLabel,
  networkOf,
  networkOfServer,
  same,
} from "../../analysis/network/network.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { resourceTypes } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** Servers that get their private address through private services access, and their network. */
export const privateServers = memoize(
  (graph: Graph): readonly { readonly server: Resource; readonly network: Network | undefined }[] =>
    resourceTypes
      .filter(({ server }) => server?.privateServices !== undefined)
      .flatMap(({ type }) => graph.all(type).filter((server) => isByPrivateServices(graph, server) === true))
      .map((server) => ({ server, network: networkOfServer(graph, server) })),
);

/** The connections of private services access, and their network. */
export const connections = memoize((graph: Graph) =>
  graph
    .all("google_service_networking_connection")
    .filter((connection) => producerOf(connection) === PRODUCER)
    .map((connection) => ({ connection, network: networkOf(graph, connection.get("network"), connection) })),
);

const PRODUCER = "servicenetworking.googleapis.com";

/** The API takes a producer by its name and by its resource name, services/NAME. */
function producerOf(connection: Resource): string {
  return (connection.string("service") ?? PRODUCER).replace(/^services\//, "");
}

/** A private address needs one private services connection on its network. */
export const privateServices: Rule = {
  id: "reachability/private-services",
  why: "Cloud SQL and AlloyDB with a private address, and Redis, Memcached and Filestore with private services access, need a private services connection on their network.",
  limit: "exactly one google_service_networking_connection on the network",
  fix: "Add a google_compute_global_address of purpose VPC_PEERING and a google_service_networking_connection on that network.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/configure-private-services-access",
  *check(graph) {
    const known = connections(graph);
    yield* second(known);
    for (const connection of graph.all("google_service_networking_connection")) yield* misnamed(connection);
    for (const { server, network } of privateServers(graph)) yield* absent(graph, server, network, known);
  },
};

/** Other producers have names of their own; this one is only nearly right. */
function* misnamed(connection: Resource): Iterable<Violation> {
  const service = producerOf(connection);
  if (service === PRODUCER || !service.includes("servicenetworking")) return;
  if (service.endsWith(".goog")) return;
  yield {
    resource: connection,
    message: `service is "${service}", but the producer of Cloud SQL and Memorystore is "${PRODUCER}"; rejected by the API: the service is not found.`,
    fix: `Write ${PRODUCER}.`,
  };
}

type Known = ReturnType<typeof connections>;

/** Which of the two is superfluous is unknown, so both are reported. */
function* second(known: Known): Iterable<Violation> {
  for (const { connection, network } of known) {
    const other = known.find(
      (entry) =>
        entry.connection !== connection &&
        same(entry.network, network) &&
        !mayExclude(entry.connection, connection),
    );
    if (other === undefined || network === undefined) continue;
    if ([connection, other.connection].some((one) => one.boolean("update_on_creation_fail") === true))
      continue;
    yield {
      resource: connection,
      message: `${networkLabel(network)} also has the private services connection ${other.connection.address}; rejected by the API: a network has one, whose ranges can only be updated.`,
      fix: "Keep one connection, and list all ranges in its reserved_peering_ranges.",
    };
  }
}

function* absent(
  graph: Graph,
  server: Resource,
  network: Network | undefined,
  known: Known,
): Iterable<Violation> {
  // Outside the input the connection may exist; so it may where one depends on a network that is not known.
  if (network?.resource === undefined || !graph.complete) return;
  if (known.some((entry) => entry.network === undefined || same(entry.network, network))) return;
  const elsewhere = known.find((entry) => differ(entry.network, network));
  yield {
    resource: server,
    message: `it takes a private address on ${networkLabel(network)}, which has no private services connection${elsewhere?.network === undefined ? "" : ` (${elsewhere.connection.address} depends on ${networkLabel(elsewhere.network)})`}; rejected by the API: the network does not have at least 1 private services connection.`,
    fix: `Add a google_service_networking_connection on ${networkLabel(network)} and let ${server.address} depend on it.`,
  };
  const used = privateServers(graph).some((entry) => same(entry.network, elsewhere?.network));
  if (elsewhere?.network === undefined || used) return;
  yield {
    resource: elsewhere.connection,
    message: `it depends on ${networkLabel(elsewhere.network)}, where nothing uses it, while ${server.address} needs one on ${networkLabel(network)}; rejected by the API: that network has no private services connection.`,
    fix: `Set its network to ${networkLabel(network)}.`,
  };
}
