import { backendServiceTypes, backendsOf } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

/** Groups of addresses and ports, whose load nobody measures. */
const ENDPOINTS = /^(GCE_VM_IP_PORT|NON_GCP_PRIVATE_IP_PORT)$/;
const INTERNET = ["google_compute_global_network_endpoint_group"];

/** Endpoints are addressed and balanced by what their group is made of. */
export const endpointBalancing: Rule = {
  id: "edge/endpoint-balancing",
  why: "A load balancer measures the load of machines, not that of single endpoints, and reaches an endpoint of the internet by what its group holds.",
  limit:
    "balancing_mode RATE or CONNECTION for endpoint groups; fqdn in groups of type INTERNET_FQDN_PORT, ip_address in those of INTERNET_IP_PORT",
  fix: 'Set balancing_mode = "RATE" with max_rate_per_endpoint.',
  source: "https://docs.cloud.google.com/load-balancing/docs/backend-service#balancing-mode",
  *check(graph) {
    for (const endpoint of graph.all("google_compute_global_network_endpoint")) {
      const group = follow(graph, endpoint.get("global_network_endpoint_group"), INTERNET, endpoint);
      const type = group?.string("network_endpoint_type");
      const needed = type === "INTERNET_FQDN_PORT" ? "fqdn" : type === "INTERNET_IP_PORT" ? "ip_address" : "";
      if (needed === "" || endpoint.get(needed) !== undefined) continue;
      yield {
        resource: endpoint,
        message: `${needed} is not set, and ${group?.address} is of type ${type}; rejected by the API: its endpoints have one.`,
        fix: `Set ${needed}.`,
        source: "https://docs.cloud.google.com/load-balancing/docs/negs/internet-neg-concepts",
      };
    }
    if (graph.all("google_compute_network_endpoint_group").length === 0) return;
    for (const service of graph.all(...backendServiceTypes))
      for (const { block, group } of backendsOf(graph, service)) {
        if (group?.type !== "google_compute_network_endpoint_group") continue;
        const type = group.get("network_endpoint_type") ?? "GCE_VM_IP_PORT";
        const mode = block.get("balancing_mode") ?? "UTILIZATION";
        if (typeof type !== "string" || !ENDPOINTS.test(type) || mode !== "UTILIZATION") continue;
        yield {
          resource: service,
          message: `balancing_mode of the backend ${group.address} is UTILIZATION${block.get("balancing_mode") === undefined ? " by default" : ""}; rejected by the API: endpoints are balanced by requests or connections.`,
        };
      }
  },
};
