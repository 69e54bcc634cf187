import { durations } from "../../resources/index.ts";
import { difference, lowered } from "../plan/compare.ts";
import { title } from "../plan/title.ts";
import type { ImpactDescription } from "./impact.ts";

/** google_redis_instance: scaling with a replica, settings, a new one. */
export const redis: ImpactDescription = {
  types: ["google_redis_instance"],
  describe: (change) => {
    const name = title(change, "Redis");
    if (change.action === "create") {
      const port =
        change.after.string("transit_encryption_mode") === "SERVER_AUTHENTICATION" ? "6378 with TLS" : "6379";
      return [`${name} is created empty, on port ${port}, which takes ${durations.redisCreated.value}.`];
    }
    if (change.action !== "update") return [];
    const messages: string[] = [];
    const memory =
      lowered(change, "memory_size_gb") === undefined ? difference(change, "memory_size_gb") : undefined;
    if (memory !== undefined)
      messages.push(
        `${name} grows from ${memory.was} to ${memory.now} GB in place: ${change.before.string("tier") === "BASIC" ? "there is no replica to fail over to" : `it fails over to its replica, and connections are cut for ${durations.redisFailover.value}`}.`,
      );
    const version = difference(change, "redis_version");
    if (version !== undefined)
      messages.push(
        `${name} is upgraded (${version.text}): connections are cut for ${durations.redisFailover.value}, and it cannot be downgraded.`,
      );
    const policy = difference(change, "redis_configs.maxmemory-policy");
    if (policy !== undefined)
      messages.push(`${name} evicts keys by another policy when it is full (${policy.text}).`);
    return messages;
  },
};
