import { exposures } from "../../analysis/load-balancing/exposure.ts";
import { follow } from "../../analysis/references/follow.ts";
import { serviceTypes, workloadOf } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";
import { INGRESS_DOC } from "./sources.ts";

/** A service behind an external load balancer takes its requests, and no others. */
export const ingressRule: Rule = {
  id: "edge/ingress",
  why: "A service with internal ingress returns 404 to an external load balancer; one open to all is reached on its run.app address without Cloud Armor and IAP.",
  limit:
    "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER behind an external load balancer, INGRESS_TRAFFIC_ALL behind a domain mapping",
  fix: "Set ingress to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER (first generation: internal-and-cloud-load-balancing).",
  source: INGRESS_DOC,
  *check(graph) {
    yield* mapped(graph);
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
          message: `ingress is open to all; is a security risk: requests to the run.app address bypass ${backend.address}${bypassed}.`,
        };
      }
    }
  },
};

/** A domain mapping leads past every load balancer. */
function* mapped(graph: Graph): Iterable<Violation> {
  for (const mapping of graph.all("google_cloud_run_domain_mapping")) {
    const service = follow(graph, mapping.get("spec.route_name"), serviceTypes, mapping);
    const ingress = service && workloadOf(service)?.ingress;
    if (service === undefined || ingress === undefined || ingress === "all") continue;
    const takes = ingress === "internal" ? "internal only" : "internal and from load balancers only";
    yield {
      resource: service,
      message: `ingress is ${takes}, and ${mapping.address} maps a domain to it without a load balancer; fails at run time: every request gets 404.`,
      fix: "Put an external load balancer in front of it instead of the domain mapping, or open ingress to all.",
    };
  }
}
