import { connectorSubnets, directSubnets } from "../../analysis/network/entries.ts";
import { claims } from "../../analysis/network/range-fields.ts";
import { directEgressLimits, vpcLimits } from "../../resources/limits.ts";
import { parseRange } from "../../values/ranges.ts";
import type { Rule } from "../rule.ts";
import { SUBNETS } from "./sources.ts";

/** How small a subnet may be. */
export const subnetSize: Rule = {
  id: "address/subnet-size",
  why: "Four addresses of a subnet are never usable, proxies and Cloud Run take theirs in blocks; a range that is too small is refused or runs dry.",
  limit: "subnet /29 or larger; with Direct VPC egress or proxies /26 or larger",
  fix: "Choose a larger range: a smaller number after the slash.",
  source: SUBNETS,
  *check(graph) {
    const smallest = vpcLimits.subnetPrefix.value;
    for (const { resource, what, range, kind } of claims(graph)) {
      if (kind !== "subnet" || range.prefix <= smallest) continue;
      yield {
        resource,
        message: `${what} ${range.cidr} is a /${range.prefix}; rejected by the API: the smallest range of a subnet is a /${smallest}.`,
      };
    }
    const forProxies = vpcLimits.proxyOnlyPrefix.value;
    for (const subnet of graph.all("google_compute_subnetwork")) {
      const range = parseRange(subnet.get("ip_cidr_range"));
      const purpose = subnet.string("purpose") ?? "";
      if (range === undefined || range.prefix <= forProxies) continue;
      if (!/^(REGIONAL|GLOBAL)_MANAGED_PROXY$|^INTERNAL_HTTPS_LOAD_BALANCER$/.test(purpose)) continue;
      yield {
        resource: subnet,
        message: `the range ${range.cidr} of a subnet for proxies is a /${range.prefix}; rejected by the API: it takes a /${forProxies} or larger.`,
      };
    }
    const forInstances = directEgressLimits.largestPrefix.value;
    const connectors = connectorSubnets(graph);
    for (const { subnet, workloads } of directSubnets(graph)) {
      const range = parseRange(subnet.get("ip_cidr_range"));
      if (range === undefined || range.prefix <= forInstances) continue;
      if (connectors.has(subnet)) continue;
      // A worker pool starts in less: Google's own example is a /28.
      const scales = workloads.some(({ kind }) => kind !== "worker pool");
      yield {
        resource: subnet,
        severity: scales ? "error" : "warning",
        message: `the range ${range.cidr} is a /${range.prefix}, and ${workloads[0]?.resource.address} takes its addresses from it; fails at run time: Direct VPC egress needs a /${forInstances} or larger.`,
        fix: `Choose a range of /${forInstances} or larger.`,
      };
    }
  },
};
