import type { NetworkKey } from "../../analysis/network/network-key.ts";
import { type Claim, claims } from "../../analysis/network/range-fields.ts";
import type { Resource } from "../../graph/index.ts";
import { vpcLimits } from "../../resources/limits.ts";
import { overlaps, parseRange } from "../../values/ranges.ts";
import type { Rule } from "../rule.ts";

const AUTO_MODE = parseRange(vpcLimits.autoModeRange.value);

/** Google itself puts Redis and control planes anywhere that is free, so these are not refused there. */
const REFUSED = new Set<Claim["kind"]>(["subnet", "connector", "private services"]);

/** An auto mode network owns 10.128.0.0/9 for the subnets that Google creates in it. */
export const autoMode: Rule = {
  id: "address/auto-mode",
  why: "A network creates a subnet in every region, now and in future, from 10.128.0.0/9 unless auto_create_subnetworks is false, which is not the default.",
  limit: "no other range overlaps 10.128.0.0/9 in an auto mode network",
  fix: "Set auto_create_subnetworks = false on the network, or choose a range outside 10.128.0.0/9.",
  source: vpcLimits.autoModeRange.source,
  *check(graph) {
    const inside = new Set<Resource>();
    const refused = new Set<Resource>();
    for (const { resource, network, range, what, kind } of claims(graph)) {
      if (AUTO_MODE === undefined || network === undefined || !isAutoMode(network)) continue;
      const label = typeof network === "string" ? "default" : network.address;
      if (!overlaps(AUTO_MODE, range)) {
        if (kind === "subnet" && typeof network !== "string") inside.add(network);
        continue;
      }
      const message = `${what} ${range.cidr} overlaps ${AUTO_MODE.cidr}, which the auto mode network ${label} keeps for its own subnets`;
      if (!REFUSED.has(kind)) {
        yield {
          resource,
          severity: "warning",
          message: `${message}; fails at run time: a subnet of a new region may claim it.`,
        };
        continue;
      }
      const consequence = "rejected by the API: the range belongs to the automatic subnets";
      yield { resource, message: `${message}; ${consequence}.` };
      if (kind !== "subnet" || typeof network === "string" || refused.has(network)) continue;
      refused.add(network);
      yield {
        resource: network,
        message: `auto_create_subnetworks is not false, and ${resource.address} has ${range.cidr} within ${AUTO_MODE.cidr}; ${consequence}.`,
        fix: "Set auto_create_subnetworks = false.",
      };
    }
    for (const network of inside)
      yield {
        resource: network,
        severity: "warning",
        message:
          "auto_create_subnetworks is not false although subnets are written for this network; it also gets an unplanned subnet in every region.",
        fix: "Set auto_create_subnetworks = false.",
      };
  },
};

/** The network "default" that Google creates with each project is one too. */
/** True where Google itself makes the subnets of the network. */
export function isAutoMode(network: NetworkKey): boolean {
  if (typeof network === "string") return network.endsWith("/default");
  const written = network.get("auto_create_subnetworks");
  return written === undefined || network.boolean("auto_create_subnetworks") === true;
}
