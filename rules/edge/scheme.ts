import { frontEnds, schemesOf } from "../../analysis/load-balancing/load-balancer.ts";
import { VersionRange } from "../../resources/versions.ts";
import type { Rule } from "../rule.ts";
import { FORWARDING_DOC } from "./sources.ts";

/** The forwarding rule and the backend services behind it belong to the same kind of load balancer. */
export const scheme: Rule = {
  id: "edge/scheme",
  why: "A forwarding rule reaches only backend services of its own load balancing scheme, and the default of both is the classic one before provider 8.0.0.",
  limit:
    "the same load_balancing_scheme; an EXTERNAL rule may have EXTERNAL_MANAGED backends, not the reverse",
  fix: 'Set load_balancing_scheme = "EXTERNAL_MANAGED" in the forwarding rule and in every backend service behind it.',
  source: FORWARDING_DOC,
  *check(graph) {
    const seen = new Set<string>();
    for (const { rule, services } of frontEnds(graph))
      for (const service of services)
        for (const front of schemesOf(rule))
          for (const back of schemesOf(service)) {
            // Two defaults may be those of different provider versions.
            const both = VersionRange.of(front.versions).intersection(VersionRange.of(back.versions));
            if (both.isEmpty || fits(front.name, back.name)) continue;
            const pair = `${front.name} ${back.name} ${graph.key(service.address, service)}`;
            if (seen.has(pair)) continue;
            seen.add(pair);
            const message = `load_balancing_scheme of ${rule.address} is ${front.name}${front.byDefault}, and that of its backend service ${service.address} is ${back.name}${back.byDefault}; rejected by the API: a forwarding rule reaches backend services of its own scheme only.`;
            const versions = { ...front.versions, ...back.versions };
            for (const resource of [service, rule]) yield { resource, message, versions };
          }
  },
};

function fits(front: string, back: string): boolean {
  return front === back || (front === "EXTERNAL" && back === "EXTERNAL_MANAGED");
}
