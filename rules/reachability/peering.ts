import { differ, type Network, networkLabel, networkOf, same } from "../../analysis/network/network.ts";
import { networkKey } from "../../analysis/network/network-key.ts";
import { takenTwice } from "../../analysis/taken-twice.ts";
import type { Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** A peering carries packets when both networks have agreed to it. */
export const peering: Rule = {
  id: "reachability/peering",
  why: "A peering that only one side has made stays inactive and carries nothing.",
  limit: "two google_compute_network_peering, one on each of the two networks, and no third",
  fix: "Add the peering of the other side.",
  source: "https://docs.cloud.google.com/vpc/docs/vpc-peering",
  *check(graph) {
    const known = graph.all("google_compute_network_peering").map((resource) => ({
      resource,
      network: networkOf(graph, resource.get("network"), resource),
      peer: networkOf(graph, resource.get("peer_network"), resource),
    }));
    for (const { first, second } of takenTwice(
      graph,
      known.map(({ resource }) => resource),
      (side) => [["network", "peer_network"].map((path) => networkKey(graph, side.get(path), side))],
    ))
      yield {
        resource: second,
        message: `network and peer_network are those of ${first.address}; rejected by the API: two networks peer once.`,
        fix: "Remove one of the two.",
      };
    for (const { resource, network, peer } of known) {
      if (network?.resource === undefined || peer?.resource === undefined || !graph.complete) continue;
      if (!differ(network, peer) || known.some((other) => answers(other, network, peer))) continue;
      yield {
        resource,
        message: `it peers ${networkLabel(network)} with ${networkLabel(peer)}, but nothing peers ${networkLabel(peer)} with ${networkLabel(network)}; fails at run time: the peering stays inactive.`,
        fix: `Add a google_compute_network_peering on ${networkLabel(peer)}.`,
      };
    }
  },
};

interface Side {
  readonly resource: Resource;
  readonly network: Network | undefined;
  readonly peer: Network | undefined;
}

/** True where the side is the opposite direction, or may be. */
function answers(side: Side, network: Network, peer: Network): boolean {
  if (side.network === undefined || side.peer === undefined) return true;
  return same(side.network, peer) && same(side.peer, network);
}
