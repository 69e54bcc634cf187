import { attachmentOf, networkOf, same } from "../../analysis/network/network.ts";
import { outsideEndpoint } from "../../analysis/references/outside.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Graph } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

/** Cloud NAT serves only packets that follow a default route to the internet gateway. */
export const defaultRoute: Rule = {
  id: "reachability/default-route",
  why: "A network that was made without its default route sends nothing to the internet, with or without Cloud NAT.",
  limit:
    "delete_default_routes_on_create = false, or a google_compute_route for 0.0.0.0/0, where a workload with ALL_TRAFFIC calls an outside host",
  fix: "Keep the default route, or add one of your own.",
  source: "https://docs.cloud.google.com/nat/docs/overview",
  *check(graph) {
    for (const network of graph.all("google_compute_network")) {
      if (network.boolean("delete_default_routes_on_create") !== true || !graph.complete) continue;
      const own = { resource: network, name: network.string("name") };
      if (hasDefaultRoute(graph, own) || hasPeering(graph)) continue;
      for (const workload of workloads(graph)) {
        if (workload.vpcAccess.egress !== "ALL_TRAFFIC") continue;
        if (!same(attachmentOf(graph, workload)?.network, own)) continue;
        const host = outsideEndpoint(graph, workload)?.label;
        if (host === undefined) continue;
        yield {
          resource: network,
          message: `delete_default_routes_on_create leaves it without a route to the internet, but ${workload.resource.address} sends ALL_TRAFFIC into it and needs ${host}; fails at run time: no route, even with Cloud NAT.`,
          fix: "Add a google_compute_route for 0.0.0.0/0 with next_hop_gateway default-internet-gateway, or keep the default route.",
        };
        break;
      }
    }
  },
};

function hasDefaultRoute(graph: Graph, network: Parameters<typeof same>[0]): boolean {
  return graph.all("google_compute_route").some((route) => {
    const range = route.get("dest_range");
    const home = networkOf(graph, route.get("network"), route);
    return (
      (typeof range !== "string" || range === "0.0.0.0/0") && (home === undefined || same(home, network))
    );
  });
}

/** A peer or a VPN may bring a default route along. */
function hasPeering(graph: Graph): boolean {
  return (
    graph.all(
      "google_compute_network_peering",
      "google_compute_vpn_tunnel",
      "google_compute_interconnect_attachment",
    ).length > 0
  );
}
