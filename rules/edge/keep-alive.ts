import { frontEndsBy, proxyTypes, schemesOf } from "../../analysis/load-balancing/load-balancer.ts";
import type { Rule } from "../rule.ts";

/** What a classic load balancer does whatever is written, in seconds. */
const CLASSIC_KEEP_ALIVE = 610;

/** How long a proxy keeps idle client connections. */
export const keepAlive: Rule = {
  id: "edge/keep-alive",
  why: "The HTTP keep-alive of a proxy has bounds, and the classic load balancer does not let it be chosen.",
  limit: "not with load_balancing_scheme EXTERNAL",
  fix: `Remove http_keep_alive_timeout_sec (${CLASSIC_KEEP_ALIVE} s by default), or set a value within its bounds, for example 600.`,
  source: "https://docs.cloud.google.com/load-balancing/docs/https#timeouts_and_retries",
  *check(graph) {
    const fronts = frontEndsBy(graph, ({ proxy }) => [proxy]);
    for (const proxy of graph.all(...proxyTypes)) {
      const seconds = proxy.number("http_keep_alive_timeout_sec") ?? 0;
      if (seconds === 0) continue;
      for (const { rule } of fronts.get(proxy) ?? []) {
        const classic = schemesOf(rule).find(({ name }) => name === "EXTERNAL");
        if (classic === undefined) continue;
        yield {
          resource: proxy,
          severity: "warning",
          message: `http_keep_alive_timeout_sec is ${seconds} and ${rule.address} is EXTERNAL${classic.byDefault}; fails at run time: a classic load balancer keeps connections for ${CLASSIC_KEEP_ALIVE} s whatever is set.`,
          versions: classic.versions,
        };
        break;
      }
    }
  },
};
