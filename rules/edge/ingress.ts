import type { Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";
import { exposures } from "./exposure.ts";
import { isAbsent } from "./load-balancer.ts";
import { INGRESS_DOC } from "./sources.ts";

/** A service behind an external load balancer lets that in, and nothing that goes round it. */
export const ingressRule: Rule = {
  id: "edge/ingress",
  why: "A service with internal ingress answers 404 to an external load balancer; one open to all can be reached past Cloud Armor and IAP on its run.app address.",
  limit: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER behind an external load balancer",
  fix: "Set ingress to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER (first generation: internal-and-cloud-load-balancing).",
  source: INGRESS_DOC,
  example: `resource "google_cloud_run_v2_service" "api" {
  ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY" # and a backend service of an external load balancer
}`,
  *check(graph) {
    const seen = new Set<Resource>();
    for (const { workload, neg, backend } of exposures(graph)) {
      const { resource } = workload;
      if (seen.has(resource)) continue;
      seen.add(resource);
      if (workload.ingress === "internal")
        yield {
          resource,
          severity: "error",
          message: `ingress is internal only, but ${backend.address} serves it through ${neg.address} to the internet: breaks at run time, every request gets 404.`,
        };
      if (workload.ingress === "all") {
        const guard = !isAbsent(backend, "security_policy")
          ? ", past the Cloud Armor policy"
          : backend.blocks("iap").length > 0
            ? ", past IAP"
            : "";
        yield {
          resource,
          severity: "warning",
          message: `ingress is open to all: the service is reached on its run.app address without ${backend.address}${guard}.`,
        };
      }
    }
  },
};
