import { loadBalancerLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";
import { frontEndsBy, proxyTypes, schemeOf } from "./load-balancer.ts";

/** How long a proxy keeps idle client connections. */
export const keepAlive: Rule = {
  id: "edge/keep-alive",
  why: "The HTTP keep-alive of a proxy has bounds, and the classic load balancer does not let it be chosen.",
  limit: `${loadBalancerLimits.keepAliveLow.value} to ${loadBalancerLimits.keepAliveHigh.value} s, not with EXTERNAL`,
  fix: "Bring http_keep_alive_timeout_sec within its bounds or remove it (610 s by default).",
  source: loadBalancerLimits.keepAliveHigh.source,
  example: `resource "google_compute_target_https_proxy" "edge" {
  http_keep_alive_timeout_sec = 1800
}`,
  *check(graph) {
    const { keepAliveLow, keepAliveHigh } = loadBalancerLimits;
    const fronts = frontEndsBy(graph, ({ proxy }) => [proxy]);
    for (const proxy of graph.all(...proxyTypes)) {
      const seconds = proxy.number("http_keep_alive_timeout_sec");
      if (seconds === undefined || seconds === 0) continue;
      if (seconds < keepAliveLow.value || seconds > keepAliveHigh.value)
        yield {
          resource: proxy,
          severity: "error",
          message: `http_keep_alive_timeout_sec is ${seconds} s, outside ${keepAliveLow.value} to ${keepAliveHigh.value} s: refused at apply.`,
        };
      const classic = fronts.get(proxy)?.find((front) => schemeOf(front.rule) === "EXTERNAL");
      if (classic !== undefined)
        yield {
          resource: proxy,
          severity: "warning",
          message: `http_keep_alive_timeout_sec is set, but ${classic.rule.address} is EXTERNAL: the classic load balancer keeps connections for 610 s whatever is written.`,
        };
    }
  },
};
