import { networkKey } from "../../analysis/network/network-key.ts";
import { claims } from "../../analysis/network/range-fields.ts";
import { isUnknown, type Resource, type Value } from "../../graph/index.ts";
import { vpcLimits } from "../../resources/limits.ts";
import { overlappingPairs } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";
import { isAutoMode } from "./auto-mode.ts";

/** Networks that are peered exchange their subnet routes, so their subnets are disjoint too. */
export const peeredOverlap: Rule = {
  id: "address/peered-overlap",
  why: "Google Cloud rejects to peer two networks of which a subnet range overlaps.",
  limit: "subnets, secondary ranges and connectors of peered networks are pairwise disjoint",
  fix: "Move one of the two ranges.",
  source: "https://docs.cloud.google.com/vpc/docs/vpc-peering",
  *check(graph) {
    const peerings = graph.all("google_compute_network_peering");
    if (peerings.length === 0) return;
    const routed = claims(graph).filter(({ kind }) => kind === "subnet" || kind === "connector");
    for (const peering of peerings) {
      if (isSameName(peering.string("network"), peering.string("peer_network"))) {
        yield itself(peering);
        continue;
      }
      const ours = networkKey(graph, peering.get("network"), peering);
      const theirs = networkKey(graph, peering.get("peer_network"), peering);
      if (ours === undefined || theirs === undefined) continue;
      if (ours === theirs && typeof ours === "string") continue;
      if (ours === theirs) {
        if (![peering.get("network"), peering.get("peer_network")].every(namesOne)) continue;
        yield itself(peering);
        continue;
      }
      if (isAutoMode(ours) && isAutoMode(theirs))
        yield {
          resource: peering,
          message: `both networks have auto_create_subnetworks, and so the same subnets of ${vpcLimits.autoModeRange.value}; rejected by the API: peered networks must not share addresses.`,
          fix: "Set auto_create_subnetworks = false on one of them.",
        };
      const both = routed.filter(({ network }) => network === ours || network === theirs);
      for (const [a, b] of overlappingPairs(both, (claim) => claim.range)) {
        if (a.network === b.network) continue;
        const collision = `${a.range.cidr} of ${a.resource.address} overlaps ${b.range.cidr} of ${b.resource.address}`;
        for (const [resource, tail] of [
          [peering, "and it peers their networks"],
          [a.resource, `and ${peering.address} peers their networks`],
          [b.resource, `and ${peering.address} peers their networks`],
        ] as const)
          yield {
            resource,
            message: `${collision}, ${tail}; rejected by the API: peered networks must not share addresses.`,
          };
      }
    }
  },
};

/** False of the whole of a module or of what a function makes: it may be another of several networks. */
function namesOne(value: Value | undefined): boolean {
  return (
    !isUnknown(value) ||
    value.references.every(({ attribute }) => attribute !== "" && !attribute.endsWith("()"))
  );
}

function itself(peering: Resource): Violation {
  return {
    resource: peering,
    message: "network and peer_network are the same; rejected by the API: a network is not its own peer.",
    fix: "Name the other network in peer_network.",
  };
}

/** True of two full names of one network. */
function isSameName(ours: string | undefined, theirs: string | undefined): boolean {
  const [first, second] = [ours, theirs].map(
    (text) => /projects\/[^/]+\/global\/networks\/[^/]+$/.exec(text ?? "")?.[0],
  );
  return first !== undefined && first === second;
}
