import { attachmentOf, networkOf, same } from "../../analysis/network/network.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** With ALL_TRAFFIC Google's own APIs are reached through Private Google Access of the subnet. */
export const googleAccess: Rule = {
  id: "reachability/google-access",
  why: "With ALL_TRAFFIC the APIs of Google are reached through the subnet, which needs Private Google Access where there is no Cloud NAT.",
  limit:
    "private_ip_google_access = true on the subnet of Direct VPC egress with ALL_TRAFFIC and without Cloud NAT",
  fix: "Set private_ip_google_access = true on the subnet.",
  source: "https://docs.cloud.google.com/run/docs/configuring/networking-best-practices",
  exampleSeverity: "warning",
  *check(graph) {
    const reported = new Set<Resource>();
    for (const workload of workloads(graph)) {
      const attachment = attachmentOf(graph, workload);
      const subnet = attachment?.subnetwork;
      if (workload.vpcAccess.egress !== "ALL_TRAFFIC" || !attachment?.direct || subnet === undefined)
        continue;
      const access = subnet.get("private_ip_google_access");
      if (access !== undefined && subnet.boolean("private_ip_google_access") !== false) continue;
      const hasNat = graph.all("google_compute_router_nat").some((nat) => {
        const router = graph.target(nat.get("router"), ["google_compute_router"], nat);
        if (router.kind !== "resource") return true;
        return same(networkOf(graph, router.resource.get("network"), router.resource), attachment.network);
      });
      if (hasNat || reported.has(subnet)) continue;
      reported.add(subnet);
      yield {
        resource: subnet,
        severity: "warning",
        message: `private_ip_google_access is ${access === undefined ? "not set" : "false"}, and ${workload.resource.address} sends ALL_TRAFFIC through this subnet without Cloud NAT; Google's own APIs may not be reachable.`,
      };
    }
  },
};
