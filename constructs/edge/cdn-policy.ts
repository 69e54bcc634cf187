import type { Seconds } from "../../platform/units.ts";

/** How Cloud CDN keeps responses. */
export interface CacheProps {
  /**
   * "CACHE_ALL_STATIC": static content, and what Cache-Control allows. "USE_ORIGIN_HEADERS": what Cache-Control allows alone.
   * "FORCE_CACHE_ALL": everything, also what says that it is private.
   */
  readonly mode: "CACHE_ALL_STATIC" | "USE_ORIGIN_HEADERS" | "FORCE_CACHE_ALL";
  /** For caches and clients, where a response does not say; not with "USE_ORIGIN_HEADERS". @default Google's own */
  readonly ttl?: Seconds | undefined;
  /** Upper bound of what a response may ask for; with "CACHE_ALL_STATIC" only. @default Google's own */
  readonly maxTtl?: Seconds | undefined;
  /** Keep errors for the times that Google has for each. @default false */
  readonly negativeCaching?: boolean | undefined;
  /** Query parameters in the key of the cache. @default all for a service, none for a bucket */
  readonly queryParameters?: readonly string[] | undefined;
}

/** The part of a CDN policy that backend services and backend buckets have in common. */
export function cdnPolicy({ mode, ttl, maxTtl, negativeCaching = false }: CacheProps) {
  return {
    cacheMode: mode,
    ...(ttl === undefined ? {} : { defaultTtl: ttl, clientTtl: ttl }),
    ...(maxTtl === undefined ? {} : { maxTtl }),
    negativeCaching,
  };
}
