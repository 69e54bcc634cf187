import { backendServiceTypes, backendsOf, elements } from "../../analysis/load-balancing/load-balancer.ts";
import type { Rule } from "../rule.ts";

/** What is behind Private Service Connect is checked by who publishes it. */
export const pscNeg: Rule = {
  id: "edge/psc-neg",
  why: "A backend service in front of a published service has no health checks: the producer checks what is behind it.",
  limit: "no health_checks where a backend is an endpoint group of type PRIVATE_SERVICE_CONNECT",
  fix: "Remove health_checks; outlier_detection takes their place.",
  source: "https://docs.cloud.google.com/vpc/docs/private-service-connect-backends",
  *check(graph) {
    if (graph.all("google_compute_region_network_endpoint_group").length === 0) return;
    for (const service of graph.all(...backendServiceTypes)) {
      if ((elements(service.get("health_checks")) ?? []).length === 0) continue;
      const neg = backendsOf(graph, service).find(
        ({ group }) => group?.string("network_endpoint_type") === "PRIVATE_SERVICE_CONNECT",
      );
      if (neg?.group === undefined) continue;
      yield {
        resource: service,
        message: `health_checks is set with the backend ${neg.group.address} of type PRIVATE_SERVICE_CONNECT; rejected by the API: a published service has no health check.`,
      };
    }
  },
};
