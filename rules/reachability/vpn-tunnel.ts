import { differ, networkLabel, networkOf } from "../../analysis/network/network.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const GATEWAY = ["google_compute_ha_vpn_gateway"];

/** A tunnel of HA VPN, its gateway and its router belong together. */
export const vpnTunnel: Rule = {
  id: "reachability/vpn-tunnel",
  why: "A tunnel takes its gateway and its router from its own region, and both from one network; the provider checks none of it.",
  limit:
    "a VLAN attachment is in the region of its router; tunnel, vpn_gateway, peer_gcp_gateway and router are in one region; the router is on the network of the gateway and has a bgp block; peer_external_gateway_interface exists",
  fix: "Name a gateway and a router of the tunnel's region and network.",
  source: "https://docs.cloud.google.com/network-connectivity/docs/vpn/how-to/creating-ha-vpn",
  *check(graph) {
    for (const attachment of graph.all("google_compute_interconnect_attachment")) {
      const router = follow(graph, attachment.get("router"), ["google_compute_router"], attachment);
      yield* elsewhere(graph, attachment, { router });
    }
    for (const tunnel of graph.all("google_compute_vpn_tunnel")) {
      const gateway = follow(graph, tunnel.get("vpn_gateway"), GATEWAY, tunnel);
      const router = follow(graph, tunnel.get("router"), ["google_compute_router"], tunnel);
      const peer = follow(graph, tunnel.get("peer_gcp_gateway"), GATEWAY, tunnel);
      yield* elsewhere(graph, tunnel, { vpn_gateway: gateway, router, peer_gcp_gateway: peer });
      if (gateway !== undefined && router !== undefined) yield* ofTwoNetworks(graph, tunnel, gateway, router);
      if (gateway !== undefined && gateway === peer) yield itself(tunnel, gateway);
      yield* withoutInterface(graph, tunnel);
    }
  },
};

function* elsewhere(
  graph: Graph,
  tunnel: Resource,
  parts: Readonly<Record<string, Resource | undefined>>,
): Iterable<Violation> {
  const region = graph.region(tunnel);
  for (const [attribute, part] of Object.entries(parts)) {
    const other = part && graph.region(part);
    if (part === undefined || region === undefined || other === undefined || other === region) continue;
    yield {
      resource: tunnel,
      message: `it is in ${region}, and its ${attribute} ${part.address} in ${other}; rejected by the API: both ends of the reference are in one region.`,
      fix: `Name a ${attribute} in ${region}.`,
    };
  }
}

function* ofTwoNetworks(
  graph: Graph,
  tunnel: Resource,
  gateway: Resource,
  router: Resource,
): Iterable<Violation> {
  const [ours, theirs] = [gateway, router].map((part) => networkOf(graph, part.get("network"), part));
  if (ours !== undefined && theirs !== undefined && differ(ours, theirs))
    yield {
      resource: tunnel,
      message: `its gateway ${gateway.address} is on ${networkLabel(ours)}, and its router ${router.address} on ${networkLabel(theirs)}; rejected by the API: the router must be on the network of the gateway.`,
      fix: `Name a router on ${networkLabel(ours)}.`,
    };
  if (router.get("bgp") === undefined)
    yield {
      resource: router,
      message: `${tunnel.address} exchanges its routes with this router, which has no bgp block; rejected by the API: a session needs the router's ASN.`,
      fix: "Add bgp { asn = 64514 }.",
    };
}

function itself(tunnel: Resource, gateway: Resource): Violation {
  return {
    resource: tunnel,
    message: `vpn_gateway and peer_gcp_gateway are both ${gateway.address}; rejected by the API: a gateway is not its own peer.`,
    fix: "Name the gateway of the other network in peer_gcp_gateway.",
  };
}

function* withoutInterface(graph: Graph, tunnel: Resource): Iterable<Violation> {
  const number = tunnel.number("peer_external_gateway_interface");
  const peer = follow(
    graph,
    tunnel.get("peer_external_gateway"),
    ["google_compute_external_vpn_gateway"],
    tunnel,
  );
  const ids = peer?.blocks("interface").map((block) => block.number("id")) ?? [];
  if (peer === undefined || number === undefined || ids.length === 0) return;
  if (ids.includes(undefined) || ids.includes(number)) return;
  yield {
    resource: tunnel,
    message: `peer_external_gateway_interface is ${number}, and ${peer.address} has ${ids.length === 1 ? `only ${ids[0]}` : ids.join(" and ")}; rejected by the API: the interface does not exist.`,
    fix: `Set it to ${ids.join(" or ")}, or add the interface.`,
  };
}
