import { networkKey } from "../../analysis/network/network-key.ts";
import { claims } from "../../analysis/network/range-fields.ts";
import { contains, parseRange } from "../../values/ranges.ts";
import type { Rule } from "../rule.ts";

/** A static route cannot lead away what belongs to a subnet. */
export const route: Rule = {
  id: "address/route",
  why: "Google Cloud rejects a static route whose destination lies within a subnet of the same network.",
  limit: "dest_range is not within a subnet range of the network",
  fix: "Choose another destination, or remove the route.",
  source: "https://docs.cloud.google.com/vpc/docs/routes",
  *check(graph) {
    const routes = graph.all("google_compute_route");
    if (routes.length === 0) return;
    const subnets = claims(graph).filter(({ kind }) => kind === "subnet");
    for (const resource of routes) {
      const destination = parseRange(resource.get("dest_range"));
      const network = networkKey(graph, resource.get("network"), resource);
      if (destination === undefined || network === undefined) continue;
      const owner = subnets.find((claim) => claim.network === network && contains(claim.range, destination));
      if (owner === undefined) continue;
      yield {
        resource,
        message: `dest_range ${destination.cidr} lies within ${owner.range.cidr}, ${owner.what} of ${owner.resource.address}; rejected by the API: subnet routes come first.`,
      };
    }
  },
};
