import { list } from "../../analysis/lists.ts";
import { instanceGroupsOf } from "../../analysis/load-balancing/instance-groups.ts";
import {
  type Network,
  networkLabel,
  networkOf,
  networkOfInterface,
  same,
} from "../../analysis/network/network.ts";
import { deciding, firewallRules } from "../../analysis/network/packet-filter.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { parseRange, type Range } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";
import { namedPort } from "./health-check-source.ts";

const PROXIED = ["EXTERNAL_MANAGED", "INTERNAL_MANAGED"];

/** The firewall lets the proxies of a regional load balancer in. */
export const proxySource: Rule = {
  id: "reachability/proxy-source",
  why: "The proxies of a regional load balancer send requests from the proxy-only subnet, and a network lets in what a rule allows: with a rule for health checkers alone, VMs count as healthy and no request reaches them.",
  limit: "an ingress rule allows the range of the proxy-only subnet to the named port of the backends",
  fix: "Allow the range of the proxy-only subnet to the port.",
  source: "https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets#firewall-rules",
  *check(graph) {
    if (!graph.complete) return;
    for (const service of graph.all("google_compute_region_backend_service")) {
      if (!PROXIED.includes(service.string("load_balancing_scheme") ?? "")) continue;
      for (const { manager, template } of instanceGroupsOf(graph, service)) {
        if (template === undefined) continue;
        for (const port of new Set(namedPort(service, manager)))
          yield* keptOut(graph, service, { manager, template, port });
      }
    }
  },
};

function* keptOut(
  graph: Graph,
  service: Resource,
  { manager, template, port }: { manager: Resource; template: Resource; port: number },
): Iterable<Violation> {
  const network = networkOfInterface(graph, template);
  const tags = list(template.get("tags"));
  if (network?.resource === undefined || template.isUnknown("tags")) return;
  if (!tags.every((tag) => typeof tag === "string")) return;
  const rules = firewallRules(graph, network, "INGRESS");
  for (const { subnet, range } of proxySubnets(graph, network, graph.region(service))) {
    const decision = deciding(rules, { range, port, tags });
    if (decision?.allows === true) continue;
    yield {
      resource: decision?.resource ?? service,
      // Where the input has no rule that lets anything in to this port, another configuration may have it.
      severity: decision !== undefined || letsSomethingIn(rules, port, tags) ? "error" : "warning",
      message: `${decision === undefined ? `no ingress rule of ${networkLabel(network)} allows` : "it denies"} ${range.cidr} of the proxy-only subnet ${subnet.address} to port ${port} of the VMs of ${manager.address}, to which ${service.address} sends requests; fails at run time: every request times out.`,
      fix: `Add a google_compute_firewall with source_ranges = [${subnet.address}.ip_cidr_range] that allows tcp ${port}.`,
    };
  }
}

function letsSomethingIn(
  rules: ReturnType<typeof firewallRules>,
  port: number,
  tags: readonly string[],
): boolean {
  return rules.some(
    (rule) => rule.ranges?.some((range) => deciding([rule], { range, port, tags })?.allows === true) === true,
  );
}

/** The active proxy-only subnets of a network in a region, whose ranges are known. */
function proxySubnets(
  graph: Graph,
  network: Network,
  region: string | undefined,
): { readonly subnet: Resource; readonly range: Range }[] {
  return graph.all("google_compute_subnetwork").flatMap((subnet) => {
    if (subnet.string("purpose") !== "REGIONAL_MANAGED_PROXY" || subnet.string("role") !== "ACTIVE")
      return [];
    if (region === undefined || graph.region(subnet) !== region) return [];
    if (!same(networkOf(graph, subnet.get("network"), subnet), network)) return [];
    const range = parseRange(subnet.string("ip_cidr_range") ?? "");
    return range === undefined ? [] : [{ subnet, range }];
  });
}
