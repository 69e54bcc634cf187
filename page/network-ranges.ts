import type { NetworkKey } from "../analysis/network/network-key.ts";
import { type Claim, claimsByNetwork } from "../analysis/network/range-fields.ts";
import type { Graph } from "../graph/index.ts";
import { resourceType } from "../resources/index.ts";
import type { NetworkRanges } from "./data.ts";

/** The ranges that Terraform writes, by VPC network, lowest first. */
export function networkRanges(graph: Graph): NetworkRanges[] {
  return [...claimsByNetwork(graph)].map(([network, claims]) => ({
    name: nameOf(network),
    ranges: claims
      .map((claim) => ({ owner: ownerOf(claim), range: claim.range }))
      .sort((a, b) => a.range.first - b.range.first),
  }));
}

function nameOf(network: NetworkKey): string {
  if (typeof network === "string") return network.slice(network.lastIndexOf("/") + 1);
  return network.string("name") ?? network.address;
}

function ownerOf({ resource, what }: Claim): string {
  const name = resource.string("name") ?? resource.address;
  const owner = `${resourceType(resource.type)?.label ?? resource.type} ${name}`;
  return /^the (allocated )?range$/.test(what) ? owner : `${owner}, ${what}`;
}
