import type { Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";
import { exposures } from "./exposure.ts";
import { INGRESS_DOC } from "./sources.ts";

/** A service behind an external load balancer takes its requests, and no others. */
export const ingressRule: Rule = {
  id: "edge/ingress",
  why: "A service with internal ingress returns 404 to an external load balancer; one open to all is reached on its run.app address without Cloud Armor and IAP.",
  limit: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER behind an external load balancer",
  fix: "Set ingress to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER (first generation: internal-and-cloud-load-balancing).",
  source: INGRESS_DOC,
  *check(graph) {
    const seen = new Set<Resource>();
    for (const { workload, neg, backend } of exposures(graph)) {
      const { resource } = workload;
      if (seen.has(resource)) continue;
      seen.add(resource);
      if (workload.ingress === "internal")
        yield {
          resource,
          message: `ingress is internal only and ${backend.address} serves it through ${neg.address} to the internet; fails at run time: every request gets 404.`,
        };
      if (workload.ingress === "all") {
        const bypassed = isSet(backend, "security_policy")
          ? " and its Cloud Armor policy"
          : backend.blocks("iap").length > 0
            ? " and IAP"
            : "";
        yield {
          resource,
          severity: "warning",
          message: `ingress is open to all; fails at run time: requests to the run.app address bypass ${backend.address}${bypassed}.`,
        };
      }
    }
  },
};
