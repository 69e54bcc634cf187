import { isDirectPeering } from "../../analysis/network/range-fields.ts";
import type { Resource } from "../../graph/index.ts";
import { redisLimits } from "../../resources/limits.ts";
import { parseRange } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";
import { REDIS_NETWORKING } from "./sources.ts";

/** What reserved_ip_range means depends on connect_mode. */
export const redisRange: Rule = {
  id: "address/redis-range",
  why: "reserved_ip_range is a CIDR with direct peering and the name of an allocated range with private services access; the other form is refused.",
  limit:
    "DIRECT_PEERING: a /29, with read replicas a /28, or larger; PRIVATE_SERVICE_ACCESS: the name of an allocated range",
  fix: "Write the form that connect_mode needs, or leave reserved_ip_range out.",
  source: REDIS_NETWORKING,
  *check(graph) {
    for (const redis of graph.all("google_redis_instance")) {
      if (isRead(redis)) continue;
      const written = redis.string("reserved_ip_range");
      if (written !== undefined && written !== "") yield* judged(redis, written);
    }
  },
};

/** True where Google filled in the attribute: after the apply it is the range that was chosen, whatever the mode. */
function isRead(redis: Resource): boolean {
  const before = redis.change?.before;
  return before === undefined
    ? redis.string("host") !== undefined && redis.change === undefined
    : before.string("reserved_ip_range") === redis.string("reserved_ip_range");
}

function* judged(redis: Resource, written: string): Iterable<Violation> {
  const range = parseRange(written);
  const severity = "error" as const;
  if (redis.string("connect_mode") === "PRIVATE_SERVICE_ACCESS") {
    if (range !== undefined)
      yield {
        resource: redis,
        severity,
        message: `reserved_ip_range is the CIDR ${written}, with connect_mode PRIVATE_SERVICE_ACCESS; rejected by the API: the name of an allocated range is expected.`,
        fix: "Write the name of the google_compute_global_address, or leave it out.",
      };
    return;
  }
  if (!isDirectPeering(redis)) return;
  if (range === undefined) {
    if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(written)) return;
    yield {
      resource: redis,
      severity,
      message: `reserved_ip_range is the name "${written}", with connect_mode DIRECT_PEERING; rejected by the API: a CIDR is expected.`,
      fix: 'Set connect_mode = "PRIVATE_SERVICE_ACCESS", or write a free /29.',
    };
    return;
  }
  const replicas = redis.string("read_replicas_mode") === "READ_REPLICAS_ENABLED";
  const limit = replicas ? redisLimits.reservedPrefixWithReplicas : redisLimits.reservedPrefix;
  if (range.prefix > limit.value)
    yield {
      resource: redis,
      severity,
      message: `reserved_ip_range ${written} is a /${range.prefix}; rejected by the API: Redis ${replicas ? "with read replicas " : ""}takes a /${limit.value} or larger.`,
      fix: `Write a free /${limit.value}.`,
    };
}
