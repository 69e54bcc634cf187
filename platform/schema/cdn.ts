import { z } from "zod";
import { loadBalancerLimits } from "../../resources/limits.ts";
import { choice, duration, flag, text } from "./leaf.ts";
import { section } from "./section.ts";

const ttl = (example: string) =>
  duration({
    from: 1,
    to: loadBalancerLimits.cacheTtlHigh.value,
    because: "Cloud CDN keeps nothing longer than a year",
    example,
  });

const queryParameter = text({
  pattern: /^[A-Za-z0-9_.~-]{1,200}$/,
  allowed: "the name of a query parameter",
  fix: 'write for example "version"',
});

/** Parts that the caches of services and of buckets have in common. */
const cache = {
  /**
   * Keep 404 and other errors for the short times of Google's, so that requests for what is not there do not reach the origin
   * (https://docs.cloud.google.com/cdn/docs/using-negative-caching). @default true
   */
  negativeCaching: flag().default(true),
};

const queryParameters = z.array(queryParameter).optional();

/** Cloud CDN in front of a service: responses without a cookie that are static, or that say that they may be kept. */
export const serviceCdn = section({
  /**
   * "static": what Google takes for static by its content type (https://docs.cloud.google.com/cdn/docs/caching), and what has
   * Cache-Control: public. "origin": only what Cache-Control allows. @default "static"
   */
  keeps: choice(["static", "origin"]).default("static"),
  /** How long a static response without Cache-Control is kept; with "static" only. @default 1 hour */
  ttl: ttl("minutes(60)").optional(),
  /** Upper bound of what Cache-Control may ask for; with "static" only. @default 1 day */
  maxTtl: ttl("days(1)").optional(),
  ...cache,
  /** Query parameters that tell one response from another; others are ignored. @default all of them tell */
  queryParameters,
});

/** Cloud CDN in front of a bucket: all of its objects, whatever their metadata says. */
export const bucketCdn = section({
  /** How long an object is kept, by caches and by clients: an overwritten one is served so long. @default 1 hour */
  ttl: ttl("minutes(60)").optional(),
  ...cache,
  /** Query parameters that tell one response from another; others are ignored. @default none of them tells */
  queryParameters,
});
