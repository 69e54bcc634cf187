import { range } from "../constraints/index.ts";
import { loadBalancerLimits as limits } from "../limits.ts";
import type { FieldRule } from "../resource-type.ts";

/** How long every kind of proxy keeps idle client connections. */
export const keepAlive: FieldRule = {
  id: "edge/keep-alive",
  source: limits.keepAliveHigh.source,
  constraints: [
    range("http_keep_alive_timeout_sec", {
      low: limits.keepAliveLow,
      high: limits.keepAliveHigh,
      zeroIsUnset: true,
    }),
  ],
};
