import type { Bucket, Environment, Service } from "../schema/environment.ts";
import { days, minutes, type Seconds } from "../units.ts";
import { projectNumberOf } from "./service-address.ts";

/** How Cloud CDN keeps the responses of a backend. */
export interface CachePolicy {
  readonly mode: "CACHE_ALL_STATIC" | "USE_ORIGIN_HEADERS" | "FORCE_CACHE_ALL";
  /** Undefined where the origin alone decides. */
  readonly ttl: Seconds | undefined;
  /** Undefined where nothing else decides. */
  readonly maxTtl: Seconds | undefined;
  readonly negativeCaching: boolean;
  /** Undefined where every parameter is part of the key. */
  readonly queryParameters: readonly string[] | undefined;
}

/** @default 1 hour, for a static response that says nothing */
const TTL = minutes(60);
/** @default 1 day, whatever a response asks for */
const MAX_TTL = days(1);

/** The cache of a service; undefined where it has none. */
export function serviceCache({ cdn }: Pick<Service, "cdn">): CachePolicy | undefined {
  if (cdn === undefined) return undefined;
  const { keeps, negativeCaching, queryParameters } = cdn;
  const common = { negativeCaching, queryParameters };
  if (keeps === "origin") return { mode: "USE_ORIGIN_HEADERS", ttl: undefined, maxTtl: undefined, ...common };
  const maxTtl = cdn.maxTtl ?? Math.max(MAX_TTL, cdn.ttl ?? TTL);
  return {
    mode: "CACHE_ALL_STATIC",
    ttl: cdn.ttl ?? (Math.min(TTL, maxTtl) as Seconds),
    maxTtl: maxTtl as Seconds,
    ...common,
  };
}

/**
 * The cache of a bucket; undefined where it has none. Cloud Storage says of objects in a private bucket that they are private, so
 * that only this mode keeps them (https://docs.cloud.google.com/cdn/docs/configure-private-bucket-access).
 */
export function bucketCache({ cdn }: Pick<Bucket, "cdn">): CachePolicy | undefined {
  if (cdn === undefined) return undefined;
  const { ttl = TTL, negativeCaching, queryParameters } = cdn;
  return { mode: "FORCE_CACHE_ALL", ttl, maxTtl: undefined, negativeCaching, queryParameters };
}

/** Service agent as which the load balancer reads a private bucket; it is created with the first backend bucket of the project. */
export function loadBalancerAgent(plan: Pick<Environment, "projectNumber" | "delivery">): string {
  return `service-${projectNumberOf(plan)}@https-lb.iam.gserviceaccount.com`;
}
