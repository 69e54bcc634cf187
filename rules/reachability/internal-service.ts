import { attachmentOf } from "../../analysis/network/network.ts";
import { referredCallee } from "../../analysis/references/callee.ts";
import { variables, workloadOf, workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** A service with internal ingress takes requests from the VPC only, also those of its neighbours. */
export const internalService: Rule = {
  id: "reachability/internal-service",
  why: "A call to the run.app address of an internal service that does not come through the VPC gets 404.",
  limit:
    "ALL_TRAFFIC through the VPC, or a private zone for run.app, for a workload that calls a service with internal ingress",
  fix: "Give the caller vpc_access with egress ALL_TRAFFIC, or open the ingress of the called service and keep IAM.",
  source: "https://docs.cloud.google.com/run/docs/securing/private-networking",
  *check(graph) {
    if (hasPrivateZone(graph) || !graph.complete) return;
    for (const workload of workloads(graph)) {
      const { attached, isKnown, egress } = workload.vpcAccess;
      if (!isKnown || egress === undefined || (attached && egress === "ALL_TRAFFIC")) continue;
      // A network of others may have its zone for run.app where the input does not show it.
      if (attached && attachmentOf(graph, workload)?.network?.resource === undefined) continue;
      for (const { name, value } of variables(workload)) {
        const callee = referredCallee(graph, value, workload.resource);
        if (callee === undefined || callee === workload.resource || isOpen(callee)) continue;
        yield {
          resource: workload.resource,
          message: `${name} is the address of ${callee.address}, whose ingress is internal, but ${attached ? "egress is PRIVATE_RANGES_ONLY, which sends calls to run.app over the internet" : "there is no vpc_access"}; fails at run time: every call gets 404.`,
        };
      }
    }
  },
};

function isOpen(callee: Resource): boolean {
  return (workloadOf(callee)?.ingress ?? "all") === "all";
}

function hasPrivateZone(graph: Graph): boolean {
  return graph
    .all("google_dns_managed_zone")
    .some(
      (zone) =>
        zone.string("visibility") === "private" &&
        /(^|\.)run\.app\.?$/.test(zone.string("dns_name") ?? "run.app"),
    );
}
