import type { Block, Resource } from "../../graph/index.ts";
import { loadBalancerLimits } from "../../platform/limits.ts";
import type { Rule, Verdict } from "../rule.ts";
import { text } from "./load-balancer.ts";

const TTLS = ["client_ttl", "default_ttl", "max_ttl"] as const;

/** How long Cloud CDN keeps an answer. */
export const cdnPolicy: Rule = {
  id: "edge/cdn-policy",
  why: "Cloud CDN refuses a life time that its cache mode does not use, and one that is longer than its own maximum.",
  limit: `no ttl with USE_ORIGIN_HEADERS; client_ttl and default_ttl <= max_ttl <= ${loadBalancerLimits.cacheTtlHigh.value} s`,
  fix: "Use CACHE_ALL_STATIC, and a max_ttl above the others.",
  source: loadBalancerLimits.cacheTtlHigh.source,
  example: `cdn_policy {
  cache_mode  = "CACHE_ALL_STATIC"
  default_ttl = 86400
  max_ttl     = 3600
}`,
  *check(graph) {
    for (const resource of graph.all("google_compute_backend_service", "google_compute_backend_bucket"))
      for (const policy of resource.blocks("cdn_policy")) yield* lifeTimes(resource, policy);
  },
};

function* lifeTimes(resource: Resource, policy: Block): Iterable<Verdict> {
  const mode = text(policy, "cache_mode");
  const longest = policy.number("max_ttl") || undefined;
  const most = loadBalancerLimits.cacheTtlHigh.value;
  for (const name of TTLS) {
    const seconds = policy.number(name) || undefined;
    if (seconds === undefined) continue;
    if (mode === "USE_ORIGIN_HEADERS")
      yield {
        resource,
        severity: "error",
        message: `${name} is ${seconds} s, but cache_mode is USE_ORIGIN_HEADERS, which takes life times from the answers: refused at apply.`,
        fix: `Remove ${name}.`,
      };
    else if (seconds > most)
      yield {
        resource,
        severity: "error",
        message: `${name} is ${seconds} s, above ${most} s: refused at apply.`,
      };
    else if (longest !== undefined && seconds > longest && mode !== "FORCE_CACHE_ALL")
      yield {
        resource,
        severity: "error",
        message: `${name} is ${seconds} s, above max_ttl of ${longest} s: refused at apply.`,
      };
  }
}
