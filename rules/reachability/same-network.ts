import {
  type Attachment,
  attachmentOf,
  connectorNetwork,
  differ,
  type Network,
  networkLabel,
  networkOf,
  networkOfServer,
  same,
} from "../../analysis/network/network.ts";
import { nameOf } from "../../analysis/references/names.ts";
import { type Need, needsOf, serverLabel } from "../../analysis/references/needs.ts";
import { type Workload, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** What a workload reaches by private address depends on the network that it enters. */
export const sameNetwork: Rule = {
  id: "reachability/same-network",
  why: "Private addresses are reachable only within one VPC network or, for VMs, a peered one: peerings to Redis and Cloud SQL are not passed on.",
  limit:
    'the network that the workload enters = authorized_network of Redis = private_network of Cloud SQL; an unset authorized_network means "default"',
  fix: "Put both ends on the same network.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/networking",
  *check(graph) {
    const reported = new Set<string>();
    for (const workload of workloads(graph)) {
      const attachment = attachmentOf(graph, workload);
      const entered = attachment?.network;
      if (attachment === undefined || entered === undefined) continue;
      for (const need of needsOf(graph, workload)) {
        if (!need.internal) continue;
        const home = networkOfServer(graph, need.target);
        if (home === undefined || !differ(entered, home) || areJoined(graph, entered, home, need.kind))
          continue;
        const label = serverLabel(need);
        for (const verdict of verdicts(graph, workload, attachment, entered, need.target, home, label)) {
          const key = `${graph.key(verdict.resource.address, verdict.resource)} ${verdict.message}`;
          if (!reported.has(key)) yield verdict;
          reported.add(key);
        }
      }
    }
  },
};

/**
 * True where packets may pass from one network to the other. A peering leads to VMs and load balancers, but not on to what
 * is peered itself, as Redis and Cloud SQL are. VPN, Interconnect and Network Connectivity Center may lead to these as well.
 */
function areJoined(graph: Graph, entered: Network, home: Network, kind: Need["kind"]): boolean {
  if (graph.all(...ROUTED).length > 0) return true;
  if (kind !== "machine") return false;
  return graph.all("google_compute_network_peering").some((peering) => {
    const ends = ["network", "peer_network"].map((end) => networkOf(graph, peering.get(end), peering));
    // What an end leads to that is not known may be either network, or one between them.
    return ends.includes(undefined) || ends.some((end) => same(end, entered) || same(end, home));
  });
}

const ROUTED = [
  "google_compute_vpn_tunnel",
  "google_compute_interconnect_attachment",
  "google_network_connectivity_spoke",
];

/** The end that is alone on its network is the one to change; both where neither does. */
function* verdicts(
  graph: Graph,
  workload: Workload,
  attachment: Attachment,
  entered: Network,
  server: Resource,
  home: Network,
  label: string,
): Iterable<Violation> {
  const { resource } = workload;
  const severity = "error" as const;
  const unset = server.type === "google_redis_instance" && (server.get("authorized_network") ?? "") === "";
  const ours = weight(graph, entered, [server, attachment.connector]);
  const theirs = weight(graph, home, [server, attachment.connector]);
  if (unset || ours >= theirs) {
    yield {
      resource: server,
      severity,
      message: `${unset ? "authorized_network is not set, which means" : "it is on"} ${networkLabel(home)}, but ${resource.address} enters ${networkLabel(entered)}; fails at run time: every connection to ${label} times out.`,
      fix: `Put it on ${networkLabel(entered)}.`,
    };
  }
  if (unset || (ours > theirs && !attachment.direct)) return;
  const alternative = graph
    .all("google_vpc_access_connector")
    .some((other) => other !== attachment.connector && same(connectorNetwork(graph, other), home));
  const { connector } = attachment;
  if (connector !== undefined && !alternative) {
    yield {
      resource: connector,
      severity,
      message: `it leads into ${networkLabel(entered)}, but ${label} (${server.address}), which ${resource.address} needs, is on ${networkLabel(home)}; fails at run time: every connection times out.`,
      fix: `Set the connector's network to ${networkLabel(home)}.`,
    };
  }
  if (connector !== undefined && !alternative && ours < theirs) return;
  yield {
    resource,
    severity,
    message: `it enters ${networkLabel(entered)}${connector === undefined ? "" : ` through the connector "${nameOf(connector) ?? connector.address}"`}, but ${label} (${server.address}) is on ${networkLabel(home)}; fails at run time: every connection times out.`,
    fix: `Enter ${networkLabel(home)}, or move the server.`,
  };
}

const members = [
  ["google_compute_subnetwork", "network"],
  ["google_compute_router", "network"],
  ["google_compute_firewall", "network"],
  ["google_compute_global_address", "network"],
  ["google_service_networking_connection", "network"],
  ["google_vpc_access_connector", "network"],
  ["google_redis_instance", "authorized_network"],
  ["google_sql_database_instance", "settings.ip_configuration.private_network"],
] as const;

/** How much of the input depends on a network: the emptier one of two is the likelier mistake. */
function weight(graph: Graph, network: Network, without: readonly (Resource | undefined)[]): number {
  return members
    .flatMap(([type, path]) => graph.all(type).map((resource) => [resource, path] as const))
    .filter(([resource]) => !without.includes(resource))
    .filter(([resource, path]) => same(networkOf(graph, resource.get(path), resource), network)).length;
}
