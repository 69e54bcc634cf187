import {
  forwardingRuleTypes,
  isExternal,
  schemeOf,
  text,
} from "../../analysis/load-balancing/load-balancer.ts";
import { follow } from "../../analysis/references/follow.ts";
import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { FORWARDING_DOC } from "./sources.ts";

const ADDRESS_TYPES = ["google_compute_global_address", "google_compute_address"] as const;

/** A forwarding rule has an address of its own reach and type. */
export const address: Rule = {
  id: "edge/address",
  why: "A global forwarding rule takes a global external address, a regional one a regional address of its region.",
  limit:
    "global rule: google_compute_global_address, EXTERNAL, PREMIUM; regional rule: google_compute_address of its region and network tier",
  fix: "Reserve the address with the reach and type that the forwarding rule needs.",
  source: FORWARDING_DOC,
  *check(graph) {
    for (const rule of graph.all(...forwardingRuleTypes)) {
      const isGlobalRule = rule.type === "google_compute_global_forwarding_rule";
      const found = follow(graph, rule.get("ip_address"), ADDRESS_TYPES, rule);
      if (found === undefined) continue;
      const isGlobal = found.type === "google_compute_global_address";
      if (isGlobalRule !== isGlobal)
        yield {
          resource: rule,
          message: `ip_address is ${found.address}, a ${isGlobal ? "global" : "regional"} address; rejected by the API: a ${isGlobalRule ? "global" : "regional"} forwarding rule takes a ${isGlobalRule ? "global" : "regional"} address.`,
          fix: `Use a ${isGlobalRule ? "google_compute_global_address" : "google_compute_address of the same region"}.`,
        };
      else {
        yield* type(graph, rule, found);
        yield* tier(rule, found);
      }
    }
  },
};

/** Both of one network tier, which is PREMIUM where none is written. */
function* tier(rule: Resource, address: Resource): Iterable<Violation> {
  if (rule.type !== "google_compute_forwarding_rule" || !isExternal(schemeOf(rule))) return;
  if (text(address, "address_type") === "INTERNAL") return;
  const tiers = [rule, address].map((each) =>
    each.get("network_tier") === undefined ? "PREMIUM" : text(each, "network_tier"),
  );
  if (
    tiers.includes(undefined) ||
    tiers[0] === tiers[1] ||
    ![rule, address].some((each) => text(each, "network_tier") === "STANDARD")
  )
    return;
  yield {
    resource: rule,
    message: `network_tier is ${tiers[0]}${rule.get("network_tier") === undefined ? " by default" : ""}, and that of ${address.address} is ${tiers[1]}; rejected by the API: a forwarding rule and its address are of one tier.`,
    fix: `Set network_tier = "${tiers[1]}" in the forwarding rule.`,
  };
}

function* type(graph: Graph, rule: Resource, address: Resource): Iterable<Violation> {
  const purpose = text(address, "purpose");
  if (isUnknown(address.get("address_type")) || isUnknown(address.get("purpose"))) return;
  const scheme = schemeOf(rule);
  if (
    isExternal(scheme) &&
    text(address, "address_type") === "INTERNAL" &&
    text(rule, "network") === undefined
  ) {
    // Private Service Connect to Google APIs has an internal address and an empty scheme.
    if (purpose === "PRIVATE_SERVICE_CONNECT" || rule.get("load_balancing_scheme") === undefined) return;
    yield {
      resource: rule,
      message: `ip_address is ${address.address} with address_type INTERNAL; rejected by the API: a forwarding rule of scheme ${scheme} takes an EXTERNAL address.`,
      fix: 'Reserve an address with address_type = "EXTERNAL".',
    };
  }
  const [own, its] = [rule, address].map((each) =>
    follow(graph, each.get("subnetwork"), ["google_compute_subnetwork"], each),
  );
  if (own !== undefined && its !== undefined && own !== its)
    yield {
      resource: rule,
      message: `subnetwork is ${own.address}, and that of its address ${address.address} is ${its.address}; rejected by the API: the address is in the subnet of the forwarding rule.`,
      fix: `Reserve the address in ${own.address}.`,
    };
  const [region, other] = [graph.region(rule), graph.region(address)];
  if (rule.type !== "google_compute_forwarding_rule" || region === undefined || other === undefined) return;
  if (region !== other)
    yield {
      resource: rule,
      message: `ip_address is ${address.address} in ${other} and the forwarding rule is in ${region}; rejected by the API: both must be in one region.`,
      fix: `Reserve the address in ${region}.`,
    };
}
