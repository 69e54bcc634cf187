import { usesCache } from "../backing-services/caches.ts";
import { usesDatabase } from "../backing-services/databases.ts";
import type { Environment, Service } from "../schema/environment.ts";

/** What a service uses of the data, which is in the main region. */
export function dataOf(
  service: Pick<Service, "database" | "databases" | "cache" | "caches">,
): ("database" | "cache")[] {
  return [
    ...(usesDatabase(service) ? (["database"] as const) : []),
    ...(usesCache(service) ? (["cache"] as const) : []),
  ];
}

/** Buckets that a service reads, writes or mounts; they are in the main region, too. */
export function bucketsOf({ buckets = [] }: Pick<Service, "buckets">): string[] {
  return buckets.map(({ bucket }) => bucket);
}

/** Buckets whose objects the load balancer serves. */
export function servedBuckets({ buckets = [] }: Pick<Environment, "buckets">): string[] {
  return buckets.filter(({ exposure = [] }) => exposure.length > 0).map(({ name }) => name);
}
