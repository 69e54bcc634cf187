import { follow } from "../../analysis/references/follow.ts";
import { takenTwice } from "../../analysis/taken-twice.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { hybridLimits as limits } from "../../resources/limits.ts";
import { contains, parseRange } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";

/** Both ends of a BGP session are in the link-local range of the router's interface. */
export const bgpSession: Rule = {
  id: "reachability/bgp-session",
  why: "A BGP session runs between two addresses of one small link-local range and two autonomous systems; with any other numbers it never comes up, and no route is learnt.",
  limit: `ip_range of the interface lies in ${limits.sessionRange.value}; peer_ip_address lies in it and is another address; peer_asn differs from the router's asn, which is ${limits.partnerAsn.value} for Partner Interconnect; interface and session name one router`,
  fix: 'Write both ends of one /30, for example ip_range = "169.254.1.1/30" and peer_ip_address = "169.254.1.2".',
  source: limits.sessionRange.source,
  *check(graph) {
    const ends = graph.all("google_compute_router_interface");
    for (const end of ends) yield* notLinkLocal(end);
    for (const { first, second } of takenTwice(graph, ends, (end) => [
      [tunnelOf(graph, end), graph.region(end), end.string("ip_version") ?? version(end.string("ip_range"))],
    ]))
      yield {
        resource: second,
        message: `vpn_tunnel is that of ${first.address}; rejected by the API: a tunnel has one interface for each version of IP.`,
        fix: "Name another tunnel.",
      };
    for (const attachment of graph.all("google_compute_interconnect_attachment"))
      yield* ofPartner(
        attachment,
        follow(graph, attachment.get("router"), ["google_compute_router"], attachment),
      );
    for (const session of graph.all("google_compute_router_peer")) {
      const router = follow(graph, session.get("router"), ["google_compute_router"], session);
      const end = follow(graph, session.get("interface"), ["google_compute_router_interface"], session);
      yield* sameSystem(session, router);
      if (end === undefined) continue;
      yield* outsideOfRange(session, end);
      yield* oneEnd(session, end);
      const other = follow(graph, end.get("router"), ["google_compute_router"], end);
      if (router !== undefined && other !== undefined && router !== other)
        yield {
          resource: session,
          message: `it is a session of ${router.address}, but its interface ${end.address} is one of ${other.address}; rejected by the API: the router has no such interface.`,
          fix: `Name an interface of ${router.address}.`,
        };
    }
  },
};

function tunnelOf(graph: Graph, end: Resource): Resource | string | undefined {
  return follow(graph, end.get("vpn_tunnel"), ["google_compute_vpn_tunnel"], end) ?? end.string("vpn_tunnel");
}

function version(range: string | undefined): string | undefined {
  return range === undefined ? undefined : range.includes(":") ? "IPV6" : "IPV4";
}

/** Google chooses both addresses of a session or none. */
function* oneEnd(session: Resource, end: Resource): Iterable<Violation> {
  const peer = session.string("peer_ip_address");
  const isOverVpn = end.get("vpn_tunnel") !== undefined;
  const hasOwn = ["ip_range", "private_ip_address"].some((path) => end.get(path) !== undefined);
  if (peer === undefined || !isOverVpn || hasOwn || session.get("ip_address") !== undefined) return;
  yield {
    resource: session,
    message: `peer_ip_address is ${peer}, and ${end.address} has no ip_range; rejected by the API: an address of the peer goes with one of the router.`,
    fix: `Set ip_range of ${end.address}, for example to "169.254.1.1/30".`,
  };
}

const LINK_LOCAL = parseRange(limits.sessionRange.value);

function* notLinkLocal(end: Resource): Iterable<Violation> {
  const session = parseRange(end.string("ip_range"));
  const isOverVpn = end.get("vpn_tunnel") !== undefined || end.get("interconnect_attachment") !== undefined;
  if (session === undefined || LINK_LOCAL === undefined || !isOverVpn) return;
  if (contains(LINK_LOCAL, session)) return;
  yield {
    resource: end,
    message: `ip_range is ${end.string("ip_range")}; rejected by the API: it lies in ${limits.sessionRange.value}.`,
    fix: 'Write a link-local /30, for example "169.254.1.1/30".',
  };
}

/** Partners expect one number on Google's side. */
function* ofPartner(attachment: Resource, router: Resource | undefined): Iterable<Violation> {
  const asn = router?.number("bgp.asn");
  const expected = limits.partnerAsn.value;
  if (attachment.string("type") !== "PARTNER" || asn === undefined || asn === expected) return;
  yield {
    resource: attachment,
    message: `type is "PARTNER", and bgp.asn of its router ${router?.address} is ${asn}; rejected by the API: Partner Interconnect takes a router with the ASN ${expected}.`,
    fix: `Set bgp { asn = ${expected} } on the router.`,
  };
}

function* sameSystem(session: Resource, router: Resource | undefined): Iterable<Violation> {
  const [ours, theirs] = [router?.number("bgp.asn"), session.number("peer_asn")];
  if (ours === undefined || ours !== theirs) return;
  yield {
    resource: session,
    message: `peer_asn is ${theirs}, which is the asn of ${router?.address} as well; rejected by the API: Cloud Router speaks to other autonomous systems only.`,
    fix: "Set peer_asn to the number of the other side.",
  };
}

function* outsideOfRange(session: Resource, end: Resource): Iterable<Violation> {
  const peer = parseRange(`${session.string("peer_ip_address")}/32`);
  const own = parseRange(end.string("ip_range"));
  if (peer === undefined || own === undefined) return;
  const [address, itself] = [peer, own].map(({ cidr }) => cidr.replace(/\/.*/, ""));
  if (!contains(own, peer))
    yield {
      resource: session,
      message: `peer_ip_address is ${address}, and ${end.address} has ${end.string("ip_range")}; rejected by the API: the peer is in the range of the interface.`,
      fix: `Write the other address of ${own.network}.`,
    };
  else if (address === itself)
    yield {
      resource: session,
      message: `peer_ip_address is ${address}, which is the address of ${end.address} itself; rejected by the API: the peer has another address.`,
      fix: `Write the other address of ${own.network}.`,
    };
}
