import { usesCache } from "../backing-services/caches.ts";
import { usesDatabase } from "../backing-services/databases.ts";
import type { Service } from "../schema/environment.ts";

/** What a service uses of the data, which is in the main region. */
export function dataOf(
  service: Pick<Service, "database" | "databases" | "cache" | "caches">,
): ("database" | "cache")[] {
  return [
    ...(usesDatabase(service) ? (["database"] as const) : []),
    ...(usesCache(service) ? (["cache"] as const) : []),
  ];
}
