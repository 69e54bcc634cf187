import { mayExclude } from "../../analysis/exclusive.ts";
import { type NetworkKey, networkKey } from "../../analysis/network/network-key.ts";
import type { Resource } from "../../graph/index.ts";
import { vpcLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";

const ALL = /^ALL_SUBNETWORKS_/;

/** What translates all subnets leaves none to another gateway. */
export const natTwice: Rule = {
  id: "capacity/nat-twice",
  why: "A gateway for all subnets of a network and region is alone there; the API rejects a second one.",
  limit: "a NAT with ALL_SUBNETWORKS_* is the only one in its network and region",
  fix: "Remove one of the two, or list the subnets of each with LIST_OF_SUBNETWORKS.",
  source: vpcLimits.natPortsPerAddress.source,
  *check(graph) {
    const byPlace = new Map<NetworkKey, Map<string, Resource[]>>();
    for (const nat of graph.all("google_compute_router_nat")) {
      const router = graph.target(nat.get("router"), ["google_compute_router"], nat);
      // NAT between networks has ranges of its own.
      if (router.kind !== "resource" || (nat.string("type") ?? "PUBLIC") !== "PUBLIC") continue;
      const region = graph.region(router.resource);
      const network = networkKey(graph, router.resource.get("network"), router.resource);
      if (network === undefined || region === undefined) continue;
      const regions = byPlace.get(network) ?? new Map<string, Resource[]>();
      byPlace.set(network, regions.set(region, [...(regions.get(region) ?? []), nat]));
    }
    for (const regions of byPlace.values())
      for (const [region, nats] of regions) {
        const greedy = nats.find((nat) => ALL.test(nat.string("source_subnetwork_ip_ranges_to_nat") ?? ""));
        const ranged = nats.filter(
          (nat) =>
            nat.string("source_subnetwork_ip_ranges_to_nat") !== undefined &&
            !(greedy !== undefined && mayExclude(greedy, nat)),
        );
        if (greedy === undefined || ranged.length < 2) continue;
        const all = greedy.string("source_subnetwork_ip_ranges_to_nat");
        for (const resource of ranged) {
          const other = ranged.find((nat) => nat !== greedy)?.address;
          const found =
            resource === greedy
              ? `it translates ${all} in ${region}, and ${other} is there too`
              : `${greedy.address} already translates ${all} in ${region}`;
          yield {
            resource,
            message: `${found}; rejected by the API: no other NAT may cover subnets of that network and region.`,
          };
        }
      }
  },
};
