import { shareOf } from "../../analysis/capacity/shares.ts";
import { directSubnets } from "../../analysis/network/entries.ts";
import { directEgressLimits } from "../../resources/limits.ts";
import { parseRange, rangeSize } from "../../values/ranges.ts";
import type { Rule } from "../rule.ts";
import { exceeding } from "./exceeding.ts";

const BLOCK = directEgressLimits.addressBlock.value;

/** Direct VPC egress takes two addresses for each instance, in blocks of 16, and a rollout runs two revisions. */
export const directEgressAddresses: Rule = {
  id: "capacity/direct-egress-addresses",
  why: "Instances that find no free address in their subnet do not start; a rollout needs those of both revisions, and freed ones come back after 20 minutes.",
  limit:
    "sum of max instances x 2 revisions x 2 addresses, in blocks of 16, <= usable addresses of the subnet (all but 4)",
  fix: "Choose a larger range, lower max_instance_count, or move a service to another subnet.",
  source: directEgressLimits.addressBlock.source,
  *check(graph) {
    for (const { subnet, workloads } of directSubnets(graph)) {
      const range = parseRange(subnet.get("ip_cidr_range"));
      if (range === undefined) continue;
      const usable = Math.max(0, rangeSize(range) - directEgressLimits.unusableAddresses.value);
      const shares = workloads.flatMap((workload) => {
        const each = workload.kind === "job" ? 1 : directEgressLimits.addressesPerInstance.value;
        const share = shareOf(graph, workload, each);
        return share === undefined ? [] : [{ ...share, amount: Math.ceil(share.amount / BLOCK) * BLOCK }];
      });
      yield* exceeding(
        subnet,
        shares,
        usable,
        (used, sum) =>
          `at full scale during a rollout ${used} addresses are taken from ${subnet.address}: ${sum}, in blocks of ${BLOCK}; ${range.cidr} has ${usable} usable; fails at run time: instances fail to start because no address is free.`,
      );
    }
  },
};
