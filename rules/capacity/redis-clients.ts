import { sharesByCache } from "../../analysis/capacity/pools.ts";
import type { Resource } from "../../graph/index.ts";
import { memorystoreLimits, redisLimits } from "../../resources/limits.ts";
import type { Rule } from "../rule.ts";
import { exceeding } from "./exceeding.ts";

/** Redis takes 65000 clients, before version 7 with TLS far fewer; Valkey by its nodes. */
export const redisClients: Rule = {
  id: "capacity/redis-clients",
  why: "With transit encryption a Redis before version 7 takes as few as 1000 clients, by its memory; further ones are rejected.",
  limit:
    "sum of max instances x 2 revisions x pool <= 65000; with TLS before Redis 7: 1000 up to 4 GB, 2500 up to 10, 15000 up to 35, 30000 up to 100; of a node of Valkey 5000 to 64000 by its type",
  fix: "Choose Redis 7, more memory or a larger node type, or lower the pool or the maximum of instances.",
  source: "https://docs.cloud.google.com/memorystore/docs/redis/about-in-transit-encryption",
  *check(graph) {
    for (const [cache, shares] of sharesByCache(graph)) {
      const cap = capOf(cache);
      if (cap === undefined) continue;
      yield* exceeding(
        cache,
        shares,
        cap,
        (used, sum) =>
          `at full scale ${used} clients connect to ${cache.address}: ${sum}, above its ${cap}; fails at run time: Redis rejects the rest.`,
      );
    }
  },
};

/** How many clients the instance takes; undefined where it cannot be known. */
export function capOf(cache: Resource): number | undefined {
  // Clients connect to each node of a cluster.
  if (cache.type === "google_memorystore_instance")
    return memorystoreLimits.valkeyClientsByNode.value[cache.string("node_type") ?? ""];
  if (cache.type !== "google_redis_instance") return undefined;
  const plain = redisLimits.maxClients.value;
  const version = /^REDIS_(\d+)/.exec(cache.string("redis_version") ?? "REDIS_7")?.[1];
  const mode = cache.get("transit_encryption_mode");
  if (mode !== "SERVER_AUTHENTICATION" || Number(version) >= 7) return plain;
  const memory = cache.number("memory_size_gb");
  if (memory === undefined) return undefined;
  return redisLimits.tlsClientsByMemory.value.find(([largest]) => memory <= largest)?.[1] ?? plain;
}
