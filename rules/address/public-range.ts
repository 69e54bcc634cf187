import { isInternal } from "../../analysis/network/addresses.ts";
import { clientRanges, directSubnets } from "../../analysis/network/entries.ts";
import { type NetworkKey, networkKey } from "../../analysis/network/network-key.ts";
import { type Claim, claims, isDirectPeering } from "../../analysis/network/range-fields.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { overlaps, parseRange, type Range } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";
import { REDIS_NETWORKING } from "./sources.ts";

/** Not private by RFC 1918, but not routed on the internet either. */
const SPECIAL = [
  "240.0.0.0/4",
  "192.0.0.0/24",
  "198.18.0.0/15",
  "192.0.2.0/24",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "192.88.99.0/24",
].flatMap((cidr) => parseRange(cidr) ?? []);

/** Public addresses used privately (PUPI). */
export const publicRange: Rule = {
  id: "address/public-range",
  why: "Redis with private services access refuses clients that have public addresses, and Direct VPC egress takes private ones only.",
  limit: "RFC 1918 or 100.64.0.0/10; Direct VPC egress also 240.0.0.0/4",
  fix: "Choose a private range (RFC 1918).",
  source: REDIS_NETWORKING,
  *check(graph) {
    const publicClaims = claims(graph).filter(({ range }) => isPublic(range));
    if (publicClaims.length === 0) return;
    const direct = new Set(directSubnets(graph).map(({ subnet }) => subnet));
    const clients = clientRanges(graph);
    const redis = redisNetworks(graph);
    for (const claim of publicClaims) {
      const verdict = judged(claim, direct, clients, redis);
      if (verdict !== undefined) yield verdict;
    }
  },
};

function judged(
  { resource, what, range, kind, network }: Claim,
  direct: ReadonlySet<Resource>,
  clients: ReadonlySet<Resource>,
  redis: ReadonlyMap<NetworkKey, Resource>,
): Violation | undefined {
  const message = `${what} ${range.cidr} is a public range`;
  if (kind === "redis")
    return { resource, message: `${message}; rejected by the API: Redis takes private addresses only.` };
  if (what.includes("secondary")) return undefined;
  if (direct.has(resource))
    return {
      resource,
      message: `${message}, from which Cloud Run takes addresses; rejected by the API: Direct VPC egress takes RFC 1918, 100.64.0.0/10 and 240.0.0.0/4.`,
    };
  const server = network === undefined ? undefined : redis.get(network);
  if (server === undefined || !clients.has(resource)) return undefined;
  return {
    resource,
    message: `${message}, and ${server.address} is reached through private services access; fails at run time: Redis drops clients with public addresses.`,
  };
}

function isPublic(range: Range): boolean {
  return !isInternal(range) && !SPECIAL.some((special) => overlaps(special, range));
}

/** Networks with a Redis that is reached through private services access. */
function redisNetworks(graph: Graph): Map<NetworkKey, Resource> {
  const found = new Map<NetworkKey, Resource>();
  for (const redis of graph.all("google_redis_instance")) {
    const key = isDirectPeering(redis)
      ? undefined
      : networkKey(graph, redis.get("authorized_network"), redis);
    if (key !== undefined) found.set(key, redis);
  }
  return found;
}
