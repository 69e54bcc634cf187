import { mayExclude } from "../../analysis/exclusive.ts";
import { type Claim, claimsByNetwork } from "../../analysis/network/range-fields.ts";
import { overlappingPairs } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";
import { SUBNETS } from "./sources.ts";

/** The ranges of one VPC network are pairwise disjoint. */
export const overlap: Rule = {
  id: "address/overlap",
  why: "Google Cloud rejects a range that overlaps another one of the same VPC network, some of them only minutes into the apply.",
  limit:
    "subnets, secondary ranges, connectors, private services ranges, Redis and control plane ranges of one network are pairwise disjoint",
  fix: "Choose a range outside of the other one.",
  source: SUBNETS,
  *check(graph) {
    for (const inNetwork of claimsByNetwork(graph).values()) {
      for (const [a, b] of overlappingPairs(inNetwork, (claim) => claim.range)) {
        if (mayExclude(a.resource, b.resource)) continue;
        for (const [ours, other] of toChange(a, b)) yield verdict(ours, other);
      }
    }
  },
};

/** Only its owner depends on such a range, so it is the easier one to move. */
const MOVABLE = new Set<Claim["kind"]>(["connector", "redis", "filestore", "control plane"]);

/** The ends to change, each with the other end: what the plan adds, else what moves easily, else both. */
function toChange(a: Claim, b: Claim): [ours: Claim, other: Claim][] {
  if (a.resource === b.resource) return [[a, b]];
  const stays = (claim: Claim) => claim.resource.change?.actions.join() === "no-op";
  if (stays(a) !== stays(b)) return stays(a) ? [[b, a]] : [[a, b]];
  if (MOVABLE.has(a.kind) !== MOVABLE.has(b.kind)) return MOVABLE.has(a.kind) ? [[a, b]] : [[b, a]];
  return [
    [a, b],
    [b, a],
  ];
}

function verdict(ours: Claim, other: Claim): Violation {
  const owner = ours.resource === other.resource ? "of the same resource" : `of ${other.resource.address}`;
  return {
    resource: ours.resource,
    message: `${ours.what} ${ours.range.cidr} overlaps ${other.range.cidr}, ${other.what} ${owner} in the same network; rejected by the API: ranges of one VPC network must be disjoint.`,
    fix: `Choose a range outside ${other.range.cidr}.`,
  };
}
