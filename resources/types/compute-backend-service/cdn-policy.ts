import { choice, order, range } from "../../constraints/index.ts";
import { loadBalancerLimits as limits } from "../../limits.ts";
import type { FieldRule } from "../../resource-type.ts";

const within = "cdn_policy[]";

/** How long Cloud CDN keeps a response. */
export const cdnPolicy: FieldRule = {
  id: "edge/cdn-policy",
  why: "Cloud CDN rejects a TTL that its cache mode does not use, and one that is longer than its own maximum.",
  fix: 'Set cache_mode = "CACHE_ALL_STATIC", and a max_ttl above the other TTLs.',
  source: limits.cacheTtlHigh.source,
  constraints: [
    choice("code", ["300", "301", "302", "307", "308", "404", "405", "410", "421", "451", "501"], {
      within: "cdn_policy[].negative_caching_policy[]",
      source: "https://docs.cloud.google.com/cdn/docs/using-negative-caching",
    }),
    ...["client_ttl", "default_ttl", "max_ttl"].flatMap((ttl) => [
      range(ttl, {
        within,
        high: limits.cacheTtlHigh,
        unless: { cache_mode: ["USE_ORIGIN_HEADERS"] },
      }),
      range(ttl, {
        within,
        high: 0,
        when: { cache_mode: ["USE_ORIGIN_HEADERS"] },
        because: "with cache_mode USE_ORIGIN_HEADERS TTLs come from the origin's response headers",
        fix: `Remove ${ttl}, or set cache_mode = "CACHE_ALL_STATIC".`,
      }),
    ]),
    ...["client_ttl", "default_ttl"].map((ttl) =>
      order(ttl, "max_ttl", {
        within,
        orEqual: true,
        zeroIsUnset: true,
        unless: { cache_mode: ["FORCE_CACHE_ALL", "USE_ORIGIN_HEADERS"] },
      }),
    ),
  ],
};
