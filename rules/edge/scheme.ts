import type { Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { frontEnds, schemeOf } from "./load-balancer.ts";
import { FORWARDING_DOC } from "./sources.ts";

/** The forwarding rule and the backend services behind it belong to the same kind of load balancer. */
export const scheme: Rule = {
  id: "edge/scheme",
  why: "A forwarding rule reaches only backend services of its own load balancing scheme, and in provider 6.50 the default is the classic one in both places.",
  limit:
    "the same load_balancing_scheme; an EXTERNAL rule may have EXTERNAL_MANAGED backends, not the reverse",
  fix: "Write the same load_balancing_scheme (EXTERNAL_MANAGED) in the forwarding rule and in every backend service behind it.",
  source: FORWARDING_DOC,
  example: `resource "google_compute_global_forwarding_rule" "https" {
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
resource "google_compute_backend_service" "api" {
  # EXTERNAL by default
}`,
  *check(graph) {
    const seen = new Set<string>();
    for (const { rule, services } of frontEnds(graph)) {
      const front = schemeOf(rule);
      for (const service of services) {
        const back = schemeOf(service);
        if (front === undefined || back === undefined || fits(front, back)) continue;
        const pair = `${front} ${graph.key(service.address, service)}`;
        if (seen.has(pair)) continue;
        seen.add(pair);
        const message = `the forwarding rule ${rule.address} is ${front}${byDefault(rule)}, but its backend service ${service.address} is ${back}${byDefault(service)}: refused at apply.`;
        yield { resource: service, severity: "error", message };
        yield { resource: rule, severity: "error", message };
      }
    }
  },
};

function fits(front: string, back: string): boolean {
  return front === back || (front === "EXTERNAL" && back === "EXTERNAL_MANAGED");
}

function byDefault(resource: Resource): string {
  return resource.get("load_balancing_scheme") === undefined ? " by default" : "";
}
