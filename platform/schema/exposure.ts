import { z } from "zod";
import { text } from "./leaf.ts";
import { hostName } from "./names.ts";
import { section } from "./section.ts";

/** What the load balancer sends to a service or a bucket. */
export const exposure = section({
  /** Host at the load balancer. */
  host: hostName("api.example.com"),
  /** Paths of that host that it serves; "/*" matches all paths of no other service or bucket. @default ["/*"] */
  paths: z
    .array(
      text({
        pattern: /^\/([A-Za-z0-9\-._~]+\/)*(\*|[A-Za-z0-9\-._~]+)?$/,
        allowed: 'a path like "/login" or "/auth/*", with * only after the last /',
        fix: 'write for example "/auth/*"',
        placeholder: "/*",
      }),
    )
    .default(["/*"]),
  /**
   * What stands in place of the matched path when the service gets it: with paths ["/api/*"] and rewrite "/", /api/orders arrives as
   * /orders, and /api as /. @default paths arrive as they are
   */
  rewrite: text({
    pattern: /^\/([A-Za-z0-9\-._~]+\/)*$/,
    allowed: "a path that begins and ends with /",
    fix: 'write for example "/", or "/v1/"',
    placeholder: "/",
  }).optional(),
});
