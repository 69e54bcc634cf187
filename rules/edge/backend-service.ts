import type { Graph, Resource } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import {
  backendServiceTypes,
  backendsOf,
  type FrontEnd,
  frontEndsBy,
  isAbsent,
  isHttps,
  isPresent,
  isServerless,
  schemeOf,
  text,
} from "./load-balancer.ts";

/** Features of a backend service that fit together, and a backend behind it. */
export const backendService: Rule = {
  id: "edge/backend-service",
  why: "Identity-Aware Proxy and Cloud CDN exclude each other, outlier detection needs an Envoy load balancer, and a service without backends answers 503.",
  limit: "not iap with enable_cdn; outlier_detection not with EXTERNAL; at least one backend",
  fix: "Remove one of the two features, or use load_balancing_scheme EXTERNAL_MANAGED.",
  source: loadBalancerLimits.keepAliveLow.source,
  example: `resource "google_compute_backend_service" "api" {
  enable_cdn = true
  iap { enabled = true }
}`,
  *check(graph) {
    const fronts = frontEndsBy(graph, ({ services }) => services);
    const idle = idleNeg(graph);
    for (const service of graph.all(...backendServiceTypes)) {
      if (
        service.boolean("enable_cdn") === true &&
        service.blocks("iap").some((iap) => iap.boolean("enabled") !== false)
      )
        yield {
          resource: service,
          severity: "error",
          message: "enable_cdn and iap are both on: refused at apply, a cache cannot ask who is there.",
          fix: "Turn one of them off.",
        };
      const scheme = schemeOf(service);
      if (scheme === "EXTERNAL" && isPresent(service, "outlier_detection"))
        yield {
          resource: service,
          severity: "error",
          message: `outlier_detection is set, but load_balancing_scheme is EXTERNAL${service.get("load_balancing_scheme") === undefined ? " by default" : ""}: refused at apply.`,
          fix: "Set load_balancing_scheme to EXTERNAL_MANAGED or remove outlier_detection.",
        };
      yield* bounds(service);
      yield* form(service);
      yield* behindProxy(service, fronts.get(service) ?? []);
      if (isAbsent(service, "backend")) yield* empty(service, fronts.has(service) ? idle : undefined);
    }
  },
};

/** What only an HTTP(S) load balancer asks of its backend services. */
function* behindProxy(service: Resource, fronts: readonly FrontEnd[]): Iterable<Verdict> {
  const proxied = fronts.filter(({ proxy }) => proxy !== undefined);
  if (proxied.length === 0) return;
  const protocol = text(service, "protocol");
  if (protocol !== undefined && /^(TCP|SSL|UDP)$/.test(protocol))
    yield {
      resource: service,
      severity: "error",
      message: `protocol is ${protocol}, but a URL map leads here: refused at apply, its backends speak HTTP.`,
      fix: "Set protocol to HTTP, HTTPS or HTTP2.",
    };
  const asks = service.blocks("iap").some((iap) => iap.boolean("enabled") === true);
  if (asks && fronts.every(({ proxy }) => proxy !== undefined && !isHttps(proxy)))
    yield {
      resource: service,
      severity: "error",
      message: `iap is on, but only ${proxied[0]?.proxy?.address}, an HTTP proxy, leads here: breaks at run time, IAP signs in over HTTPS only.`,
      fix: "Add an HTTPS proxy with a certificate and a forwarding rule on port 443.",
    };
}

function* bounds(service: Resource): Iterable<Verdict> {
  for (const [name, limit] of [
    ["affinity_cookie_ttl_sec", loadBalancerLimits.affinityCookieTtl],
    ["connection_draining_timeout_sec", loadBalancerLimits.drainingTimeoutHigh],
  ] as const) {
    const value = service.number(name);
    if (value === undefined || (value >= 0 && value <= limit.value)) continue;
    yield {
      resource: service,
      severity: "error",
      message: `${name} is ${value} s, outside 0 to ${limit.value} s: refused at apply.`,
      fix: `Set it to ${limit.value} or less.`,
    };
  }
}

/** Names and shares that are written as text or numbers without any check by the provider. */
function* form(service: Resource): Iterable<Verdict> {
  for (const name of ["custom_request_headers", "custom_response_headers"]) {
    const headers = service.get(name);
    for (const header of Array.isArray(headers) ? headers : []) {
      if (typeof header !== "string" || /^[^\s:]+\s*:/.test(header)) continue;
      yield {
        resource: service,
        severity: "error",
        message: `${name} holds ${JSON.stringify(header)}: refused at apply, a header is "Name: value".`,
        fix: "Write the name, a colon and the value.",
      };
    }
  }
  const rate = service.number("log_config.sample_rate");
  if (rate !== undefined && (rate < 0 || rate > 1))
    yield {
      resource: service,
      severity: "error",
      message: `sample_rate of log_config is ${rate}, outside 0 to 1: refused at apply.`,
      fix: "Write a share, for example 0.1.",
    };
}

/** Backends may be attached by others; that an endpoint group stands unused beside it leaves no doubt. */
function* empty(service: Resource, idle: Resource | undefined): Iterable<Verdict> {
  yield idle === undefined
    ? {
        resource: service,
        severity: "warning",
        message: "the backend service has no backend: it answers 503 until one is attached.",
        fix: "Add a backend.",
      }
    : {
        resource: service,
        severity: "error",
        message: `the backend service has no backend, while ${idle.address} is in no backend service: breaks at run time, it answers 503.`,
        fix: `Add backend { group = ${idle.address}.id }.`,
      };
}

function idleNeg(graph: Graph): Resource | undefined {
  const used = new Set<Resource | undefined>();
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
