import { forwardingRuleTypes, frontEnds, schemeOf } from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const REGIONAL = ["REGIONAL_MANAGED_PROXY", "INTERNAL_HTTPS_LOAD_BALANCER"];
/** Of an internal load balancer across regions, whose rules are global and have subnets. */
const GLOBAL = ["GLOBAL_MANAGED_PROXY"];

/** A regional proxy load balancer has a subnet for its proxies. */
export const proxySubnet: Rule = {
  id: "edge/proxy-subnet",
  why: "The proxies of a regional load balancer take their addresses from a proxy-only subnet; without one the API rejects the forwarding rule.",
  limit:
    "one subnet of purpose REGIONAL_MANAGED_PROXY per network and region; GLOBAL_MANAGED_PROXY for an internal load balancer across regions; the address of a rule is in another one",
  fix: 'Add a google_compute_subnetwork with purpose = "REGIONAL_MANAGED_PROXY" and role = "ACTIVE" in the network and region.',
  source: "https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets",
  *check(graph) {
    const subnets = subnetsByNetwork(graph);
    for (const rule of graph.all(...forwardingRuleTypes)) {
      const subnet = follow(graph, rule.get("subnetwork"), ["google_compute_subnetwork"], rule);
      const purpose = subnet?.string("purpose") ?? "";
      if (subnet !== undefined && /MANAGED_PROXY$|^PRIVATE_SERVICE_CONNECT$/.test(purpose))
        yield {
          resource: rule,
          message: `subnetwork is ${subnet.address} of purpose ${purpose}; rejected by the API: no forwarding rule has its address in one.`,
          fix: "Name a subnet of purpose PRIVATE, the default, in the same network and region.",
        };
    }
    for (const { rule, proxy } of frontEnds(graph)) {
      if (proxy === undefined) continue;
      const isGlobal = rule.type === "google_compute_global_forwarding_rule";
      if (isGlobal ? schemeOf(rule) !== "INTERNAL_MANAGED" : !proxy.type.includes("_region_")) continue;
      if (!/_MANAGED$/.test(schemeOf(rule) ?? "")) continue;
      const network = networkOf(graph, rule);
      const region = isGlobal ? regionOfSubnet(graph, rule) : graph.region(rule);
      const purposes = isGlobal ? GLOBAL : REGIONAL;
      if (network === undefined || region === undefined) continue;
      if (hasProxySubnet(subnets, network, region, graph, purposes)) continue;
      yield {
        resource: rule,
        message: `${network.address} has no ${isGlobal ? `subnet of purpose ${GLOBAL[0]}` : "proxy-only subnet"} in ${region}; rejected by the API: the proxies of a rule of scheme ${schemeOf(rule)} take their addresses from one.`,
      };
    }
  },
};

function regionOfSubnet(graph: Graph, rule: Resource): string | undefined {
  const subnet = follow(graph, rule.get("subnetwork"), ["google_compute_subnetwork"], rule);
  return subnet && graph.region(subnet);
}

/** The network of the rule, where the input defines it. */
function networkOf(graph: Graph, rule: Resource): Resource | undefined {
  const direct = follow(graph, rule.get("network"), ["google_compute_network"], rule);
  if (direct !== undefined) return direct;
  const subnet = follow(graph, rule.get("subnetwork"), ["google_compute_subnetwork"], rule);
  return subnet === undefined
    ? undefined
    : follow(graph, subnet.get("network"), ["google_compute_network"], subnet);
}

/** Also true where a subnet might be the one, and where no subnet of the network is defined here at all. */
function hasProxySubnet(
  subnets: Subnets,
  network: Resource,
  region: string,
  graph: Graph,
  purposes: readonly string[],
): boolean {
  const own = subnets.get(network);
  if (own === undefined || subnets.has(undefined) || network.get("auto_create_subnetworks") !== false)
    return true;
  return own.some((subnet) => {
    const purpose = subnet.get("purpose");
    const there = graph.region(subnet);
    const fits = typeof purpose === "object" || purposes.some((each) => each === purpose);
    return fits && (there === undefined || there === region);
  });
}

/** Subnets by network; those whose network is not known by undefined. */
type Subnets = ReadonlyMap<Resource | undefined, readonly Resource[]>;

function subnetsByNetwork(graph: Graph): Subnets {
  const found = new Map<Resource | undefined, Resource[]>();
  for (const subnet of graph.all("google_compute_subnetwork")) {
    const network = follow(graph, subnet.get("network"), ["google_compute_network"], subnet);
    const list = found.get(network);
    if (list === undefined) found.set(network, [subnet]);
    else list.push(subnet);
  }
  return found;
}
