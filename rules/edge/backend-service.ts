import {
  backendServiceTypes,
  backendsOf,
  type FrontEnd,
  frontEndsBy,
  isHttps,
  isServerless,
  text,
} from "../../analysis/load-balancing/load-balancer.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { isSet } from "../../resources/index.ts";
import type { Rule, Violation } from "../rule.ts";

/** Features of a backend service that fit together, and a backend behind it. */
export const backendService: Rule = {
  id: "edge/backend-service",
  why: "Identity-Aware Proxy and Cloud CDN exclude each other, outlier detection needs an Envoy load balancer, and a service without backends returns 503.",
  limit: "behind a URL map: protocol HTTP, HTTPS or HTTP2; iap behind an HTTPS proxy; at least one backend",
  fix: "Remove one of the two features, or use load_balancing_scheme EXTERNAL_MANAGED.",
  source: "https://docs.cloud.google.com/load-balancing/docs/backend-service",
  *check(graph) {
    const fronts = frontEndsBy(graph, ({ services }) => services);
    const idle = idleNeg(graph);
    for (const service of graph.all(...backendServiceTypes)) {
      yield* behindProxy(service, fronts.get(service) ?? []);
      if (!isSet(service, "backend")) yield empty(service, fronts.has(service) ? idle : undefined);
    }
  },
};

/** What only an HTTP(S) load balancer needs of its backend services. */
function* behindProxy(service: Resource, fronts: readonly FrontEnd[]): Iterable<Violation> {
  const [proxy] = fronts.flatMap((front) => front.proxy ?? []);
  if (proxy === undefined) return;
  const protocol = text(service, "protocol");
  if (protocol !== undefined && /^(TCP|SSL|UDP)$/.test(protocol))
    yield {
      resource: service,
      message: `protocol is ${protocol} behind the URL map of ${proxy.address}; rejected by the API: its backends must serve HTTP.`,
      fix: 'Set protocol to HTTP, HTTPS or HTTP2, for example "HTTPS".',
    };
  const hasIap = service.blocks("iap").some((iap) => iap.boolean("enabled") === true);
  if (hasIap && fronts.every((front) => front.proxy !== undefined && !isHttps(front.proxy)))
    yield {
      resource: service,
      message: `iap.enabled is true behind ${proxy.address}, an HTTP proxy, only; fails at run time: IAP signs in over HTTPS.`,
      fix: "Add an HTTPS proxy with a certificate and a forwarding rule on port 443.",
    };
}

/** Backends may be attached by others; an endpoint group of the same input that nothing uses leaves no doubt. */
function empty(resource: Resource, idle: Resource | undefined): Violation {
  return idle === undefined
    ? {
        resource,
        severity: "warning",
        message: "backend is not set; fails at run time: it returns 503 until one is attached.",
        fix: "Add a backend block with the group to serve from.",
      }
    : {
        resource,
        message: `backend is not set and no backend service uses ${idle.address}; fails at run time: it returns 503.`,
        fix: `Add backend { group = ${idle.address}.id }.`,
      };
}

function idleNeg(graph: Graph): Resource | undefined {
  const used = new Set<Resource>();
  for (const service of graph.all(...backendServiceTypes)) {
    // A group that cannot be followed may be any of them.
    for (const { group } of backendsOf(graph, service)) {
      if (group === undefined) return undefined;
      used.add(group);
    }
  }
  return graph
    .all("google_compute_region_network_endpoint_group")
    .find((neg) => isServerless(neg) && !used.has(neg));
}
