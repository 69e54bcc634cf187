import { type Graph, isUnknown, type Resource } from "../../graph/index.ts";
import type { Rule, Verdict } from "../rule.ts";
import { follow, forwardingRuleTypes, isExternal, schemeOf, text } from "./load-balancer.ts";
import { FORWARDING_DOC } from "./sources.ts";

const ADDRESS_TYPES = ["google_compute_global_address", "google_compute_address"] as const;

/** A forwarding rule has an address of its own reach and kind. */
export const address: Rule = {
  id: "edge/address",
  why: "A global forwarding rule takes a global external address, a regional one a regional address of its region.",
  limit:
    "global rule: google_compute_global_address, EXTERNAL, PREMIUM; regional rule: google_compute_address of its region",
  fix: "Reserve the address with the reach and type that the forwarding rule needs.",
  source: FORWARDING_DOC,
  example: `resource "google_compute_global_forwarding_rule" "https" {
  ip_address = google_compute_address.edge.id # regional
}`,
  *check(graph) {
    for (const rule of graph.all(...forwardingRuleTypes)) {
      const global = rule.type === "google_compute_global_forwarding_rule";
      const found = follow(graph, rule.get("ip_address"), ADDRESS_TYPES, rule);
      if (global && text(rule, "network_tier") === "STANDARD")
        yield {
          resource: rule,
          severity: "error",
          message: "network_tier is STANDARD: refused at apply, a global forwarding rule is PREMIUM only.",
          fix: "Remove network_tier.",
        };
      if (found === undefined) continue;
      const isGlobal = found.type === "google_compute_global_address";
      if (global !== isGlobal)
        yield {
          resource: rule,
          severity: "error",
          message: `the ${global ? "global" : "regional"} forwarding rule uses ${found.address}, a ${isGlobal ? "global" : "regional"} address: refused at apply.`,
          fix: `Use a ${global ? "google_compute_global_address" : "google_compute_address of the same region"}.`,
        };
      else yield* kind(graph, rule, found);
    }
  },
};

function* kind(graph: Graph, rule: Resource, address: Resource): Iterable<Verdict> {
  const type = text(address, "address_type") ?? "EXTERNAL";
  const purpose = text(address, "purpose");
  if (isUnknown(address.get("address_type")) || isUnknown(address.get("purpose"))) return;
  const scheme = schemeOf(rule);
  if (isExternal(scheme) && type === "INTERNAL" && text(rule, "network") === undefined) {
    // Private Service Connect to Google APIs has an internal address and an empty scheme.
    if (purpose === "PRIVATE_SERVICE_CONNECT" || rule.get("load_balancing_scheme") === undefined) return;
    yield {
      resource: rule,
      severity: "error",
      message: `the ${scheme} forwarding rule uses ${address.address}, whose address_type is INTERNAL: refused at apply.`,
      fix: "Use an EXTERNAL address.",
    };
  }
  const [here, there] = [graph.region(rule), graph.region(address)];
  if (
    rule.type === "google_compute_forwarding_rule" &&
    here !== undefined &&
    there !== undefined &&
    here !== there
  )
    yield {
      resource: rule,
      severity: "error",
      message: `the forwarding rule is in ${here}, but ${address.address} is in ${there}: refused at apply.`,
      fix: `Reserve the address in ${here}.`,
    };
}
